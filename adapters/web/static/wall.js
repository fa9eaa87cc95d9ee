// A wall: what does not fit turns, a screen at a time, and the machine that shows it stays awake.
"use strict";

const SHOWN = 14000; // milliseconds a screen is read
const hangs = document.querySelector("main.wall");
const turning = hangs.querySelector(".turning");
const hold = turning.querySelector("[data-hold]");
let at = 0;
let turnsAt = Date.now() + SHOWN;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
hold.setAttribute("aria-pressed", String(still));

const screensOf = () => [...hangs.querySelectorAll(".hung")];
const held = () => hold.getAttribute("aria-pressed") === "true";

function showScreen() {
  const all = screensOf();
  at = all.length ? (at + all.length) % all.length : 0;
  all.forEach((it, number) => (it.hidden = number !== at));
  turning.hidden = all.length < 2;
  turning.querySelector("[data-at]").textContent = `${at + 1} / ${all.length}`;
}

function turn(by) {
  at += by;
  turnsAt = Date.now() + SHOWN;
  showScreen();
}

// What is told anew is put in by app.js; the screen that was read stays the one that is read.
new MutationObserver(showScreen).observe(document.getElementById("content"), { childList: true });
setInterval(() => Date.now() >= turnsAt && !held() && turn(1), 500);
showScreen();
hangs.classList.add("turning-by-itself");

turning.addEventListener("click", ({ target }) => {
  if (target.dataset.turn) turn(Number(target.dataset.turn));
  else if (target === hold) hold.setAttribute("aria-pressed", String(!held()));
  else if ("fill" in target.dataset) fill();
});
document.addEventListener("keydown", ({ key, target }) => {
  if (target.matches("input, textarea, select, button")) return;
  if (key === "ArrowRight" || key === "PageDown") turn(1);
  else if (key === "ArrowLeft" || key === "PageUp") turn(-1);
  else if (key === "f") fill();
});
const fill = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());

const wallClock = hangs.querySelector("[data-clock]");
const hands = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: wallClock.dataset.zone });
const strike = () => (wallClock.textContent = hands.format(instant()));
strike();
setInterval(strike, 1000);

// A screen that sleeps is no wall. A browser lets go of the lock whenever the page is hidden.
async function wake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // Where a battery is low a browser may refuse, and nothing is wrong.
  }
}
document.addEventListener("visibilitychange", wake);
wake();
