// Runs Slack's Web API and OAuth of the npm package `emulate` on a port; the seed is the third word.
import { createEmulator } from "emulate";

const [port, seed] = process.argv.slice(2);
await createEmulator({ service: "slack", port: Number(port), seed: JSON.parse(seed) });
console.log("ready");
