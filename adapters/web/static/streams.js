// One stream for all tabs of a browser: each would hold one of the six connections that a browser gives
// a host, and the seventh tab would never load. A shared worker holds it; where there is none, the tab
// that has a lock holds it for the others; where there is neither, each tab holds its own.
"use strict";

const AGAIN = 1000;
const REFUSED_AGAIN = 20000;
const GATHER = 30; // milliseconds in which tabs that come and go are one change

// Holds the stream. `tabs` are what each tab follows, by its id, and how it is told.
class Switchboard {
  tabs = new Map();
  lost = false;

  // What events of a tab bring along is asked from when the stream is opened anew.
  join(id, address, tell) {
    this.tabs.set(id, { address, tell });
    this.soon(GATHER);
  }

  leave(id) {
    if (this.tabs.delete(id)) this.soon(GATHER);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), wait);
  }

  // The stream before is read until the new one stands, so that nothing is missed between them.
  async open() {
    const before = this.reading;
    if (!this.tabs.size) {
      before?.abort();
      return;
    }
    const reading = (this.reading = new AbortController());
    const ids = [...this.tabs.keys()];
    const asked = ids.map((id) => `at=${encodeURIComponent(this.tabs.get(id).address)}`);
    try {
      const answer = await fetch(`/live?${asked.join("&")}`, { signal: reading.signal });
      before?.abort();
      if (!answer.ok) {
        const words = answer.headers.has("Retry-After") ? await answer.text() : "";
        throw new Refused(words);
      }
      this.all({ name: this.lost ? "back" : "open" }, ids);
      this.lost = false;
      await this.read(answer.body.getReader(), ids);
      throw new Error("ended");
    } catch (error) {
      if (reading.signal.aborted || this.reading !== reading) return;
      this.lost = true;
      const refused = error instanceof Refused;
      this.all({ name: "lost", words: error.words || "" }, ids);
      // Each browser at another moment.
      this.soon(refused ? REFUSED_AGAIN * (1 + Math.random() / 2) : AGAIN);
    }
  }

  async read(reader, ids) {
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = parts.pop();
      for (const part of parts) {
        const at = part.indexOf("data: ");
        if (at >= 0) this.told(JSON.parse(part.slice(at + 6)), ids);
      }
    }
  }

  told({ tab, name, data, mark }, ids) {
    const there = this.tabs.get(ids[tab]);
    if (!there) return;
    const asked = new URL(there.address, self.location.origin);
    for (const [what, value] of Object.entries(mark)) asked.searchParams.set(what, value);
    there.address = asked.pathname + asked.search;
    there.tell({ name, data, address: there.address });
  }

  all(told, ids) {
    for (const id of ids) this.tabs.get(id)?.tell(told);
  }
}

class Refused extends Error {
  constructor(words) {
    super("refused");
    this.words = words;
  }
}

// A tab holds a lock of its own name as long as it lives: who gets it learns that the tab is gone.
const whenGone = (id, then) => self.navigator.locks?.request(`tab ${id}`, then);

if (typeof SharedWorkerGlobalScope !== "undefined" && self instanceof SharedWorkerGlobalScope) {
  const board = new Switchboard();
  self.addEventListener("connect", ({ ports: [port] }) => {
    port.onmessage = ({ data: { id, address } }) => {
      if (!address) {
        board.leave(id);
        return;
      }
      board.join(id, address, (told) => port.postMessage(told));
      whenGone(id, () => board.leave(id));
    };
  });
}

// In a tab: follow what its page follows, and call `hear` with what it is told.
function followed(script, address, hear) {
  const id = Math.random().toString(36).slice(2);
  let here = address;
  const told = (each) => {
    here = each.address || here;
    hear(each);
  };
  const ask = asking(script, id, told);
  // Not before the lock is held: who waits for it would think at once that the tab is gone.
  const locks = self.navigator.locks;
  if (locks) locks.request(`tab ${id}`, () => (ask(here), new Promise(() => {})));
  else ask(here);
  // A page that the browser keeps for going back to follows again when it is shown.
  self.addEventListener("pagehide", () => ask(""));
  self.addEventListener("pageshow", ({ persisted }) => persisted && ask(here));
  return () => ask("");
}

function asking(script, id, told) {
  if (self.SharedWorker) {
    const worker = new SharedWorker(script);
    worker.port.onmessage = ({ data }) => told(data);
    return (address) => worker.port.postMessage({ id, address });
  }
  const own = new Switchboard();
  if (!self.navigator.locks || !self.BroadcastChannel) {
    return (address) => (address ? own.join(id, address, told) : own.leave(id));
  }
  return led(own, id, told);
}

// Without shared workers: whoever has the lock leads, and hands on to the others what they are told.
function led(own, id, told) {
  const channel = new BroadcastChannel("plnbot streams");
  let leads = false;
  let here = "";
  const seat = (who, address) => {
    if (!address) own.leave(who);
    else own.join(who, address, who === id ? told : (each) => channel.postMessage({ to: who, each }));
  };
  channel.onmessage = ({ data }) => {
    if (data.to === id) {
      here = data.each.address || here;
      told(data.each);
    } else if (data.anew && here) channel.postMessage({ id, address: here });
    else if (data.id && leads) {
      seat(data.id, data.address);
      if (data.address) whenGone(data.id, () => seat(data.id, ""));
    }
  };
  self.navigator.locks.request("plnbot leads", () => {
    leads = true;
    if (here) seat(id, here);
    channel.postMessage({ anew: true });
    return new Promise(() => {});
  });
  return (address) => {
    here = address;
    if (leads) seat(id, address);
    else channel.postMessage({ id, address });
  };
}
