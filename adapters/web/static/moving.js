// What stands in a timetable is put elsewhere by hand: dragged by a mouse or a finger, or carried by keys.
// What that would do is read from the page that says it, and is in sight before anything is done; without
// this script the same pages are opened one after another.
"use strict";

(() => {
  const HOLD = 350; // milliseconds until a finger that rests carries instead of scrolling
  const FAR = 6; // pixels until a mouse that is pressed carries
  const EDGE = 70; // pixels from an edge of the window within which it scrolls
  const PAUSE = 120; // milliseconds on a place until it is asked what a move there would do
  const SLOW = 14; // pixels a frame
  const TABLES = "[data-moves-of]";
  const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  let carried = null; // what is carried, from where, over which place, by a pointer or by keys
  let pressed = null; // what a pointer has begun to press
  const read = new Map(); // what pages said of a move, by their address, while something is carried

  const tables = () => [...document.querySelectorAll(TABLES)];

  // What a link stands for, where its timetable lets that be moved.
  function thingOf(link) {
    const href = link?.getAttribute("href") || "";
    const table = tables().find((it) => href.startsWith(it.dataset.movesOf));
    if (!table) return null;
    const row = href.slice(table.dataset.movesOf.length);
    return { link, table, row, name: link.textContent.trim(), from: link.closest("[data-place]") };
  }

  const heldAt = (target) => thingOf(target.closest(".cell, .rows > li")?.querySelector("a"));
  const addressOf = (cell) => `${carried.table.dataset.movesTo}${carried.row}.${cell.dataset.place}`;

  // --------------------------------------------------------------------------- what it would do

  function asked(address) {
    if (!read.has(address)) read.set(address, fetched(address));
    return read.get(address);
  }

  async function fetched(address) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = page.getElementById("content");
      return {
        title: content.querySelector("h1").textContent,
        where: content.querySelector(".about")?.textContent || "",
        said: [...content.querySelectorAll(".piece > p")].map((it) => it.textContent),
        press: content.querySelector(".do form"),
      };
    } catch {
      return null;
    }
  }

  function over(cell) {
    if (cell === carried.over) return;
    carried.over?.classList.remove("target");
    carried.over = cell;
    cell?.classList.add("target");
    tell("");
    if (!cell) return;
    if (cell === carried.from) {
      tell(carried.table.dataset.stays);
      return;
    }
    const address = addressOf(cell);
    setTimeout(async () => {
      if (carried?.over !== cell) return;
      const move = await asked(address);
      if (move && carried?.over === cell) tell([move.where, ...move.said].join(" "));
    }, PAUSE);
  }

  // ------------------------------------------------------------------------- picking up, putting

  function pickUp(thing, by) {
    read.clear();
    carried = { ...thing, by, over: null };
    const before = thing.link.getBoundingClientRect().top;
    document.documentElement.classList.add("carrying");
    thing.from?.classList.add("from");
    // Free places show up on a phone, and what is in hand stays where it was.
    scrollBy(0, thing.link.getBoundingClientRect().top - before);
    if (by === "keys") tell(thing.table.dataset.picked);
  }

  function putDown(words = "") {
    const was = carried;
    carried = null;
    was.ghost?.remove();
    was.over?.classList.remove("target");
    was.from?.classList.remove("from");
    document.documentElement.classList.remove("carrying");
    tell("");
    if (words) mention(words);
    return was;
  }

  async function drop() {
    const cell = carried.over;
    if (!cell || cell === carried.from) {
      putDown(carried.table.dataset.stays);
      return;
    }
    const address = addressOf(cell);
    const move = asked(address);
    const { table, link } = putDown();
    const found = await move;
    if (found) sheetOf(found, table, link);
    else location.assign(address);
  }

  // Says what the move would do, and asks; what cannot be says why.
  function sheetOf({ title, where, said, press }, table, link) {
    const make = (name, words, kind = "") => {
      const made = document.createElement(name);
      made.textContent = words;
      made.className = kind;
      return made;
    };
    const heading = make("h2", title);
    heading.id = "form-title";
    const no = make("button", table.dataset.no, "button");
    no.type = "button";
    no.dataset.cancel = "";
    const foot = make("div", "", "row end");
    foot.append(no, ...(press ? [press] : []));
    const sheet = make("div", "", "form moves-sheet");
    sheet.append(heading, make("p", where, "about"), ...said.map((it) => make("p", it)), foot);
    ask.replaceChildren(sheet);
    ask.showModal();
    (press?.querySelector("button") || no).focus();
    press?.addEventListener("submit", () => ask.close());
    ask.addEventListener("close", () => link.isConnected && link.focus({ preventScroll: true }), { once: true });
  }

  // ------------------------------------------------------------------------------- by a pointer

  function carry(x, y) {
    if (!carried.ghost) {
      carried.ghost = document.createElement("div");
      carried.ghost.className = "carried";
      carried.ghost.setAttribute("aria-hidden", "true");
      carried.ghost.textContent = carried.name;
      document.body.append(carried.ghost);
      requestAnimationFrame(scrolling);
    }
    carried.at = [x, y];
    carried.ghost.style.setProperty("--x", `${x}px`);
    carried.ghost.style.setProperty("--y", `${y}px`);
    over(document.elementFromPoint(x, y)?.closest("[data-place]") || null);
  }

  function scrolling() {
    if (!carried?.at) return;
    const [x, y] = carried.at;
    const towards = (at, size) => (at < EDGE ? -SLOW : at > size - EDGE ? SLOW : 0);
    const down = towards(y, innerHeight);
    const table = document.elementFromPoint(x, y)?.closest(TABLES);
    const box = table?.getBoundingClientRect();
    const across = box ? towards(x - box.left, Math.min(box.right, innerWidth) - box.left) : 0;
    if (down) scrollBy(0, down);
    if (across) table.scrollLeft += across;
    if (down || across) carry(x, y);
    requestAnimationFrame(scrolling);
  }

  function letGo() {
    clearTimeout(pressed?.timer);
    pressed = null;
  }

  document.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || event.target.closest("button, summary, input")) return;
    if (carried) putDown();
    const thing = heldAt(event.target);
    if (!thing) return;
    pressed = { thing, x: event.clientX, y: event.clientY, touch: event.pointerType === "touch" };
    if (!pressed.touch) return;
    const { x, y } = pressed;
    pressed.timer = setTimeout(() => {
      pickUp(thing, "pointer");
      carry(x, y);
      navigator.vibrate?.(15);
    }, HOLD);
  });

  document.addEventListener("pointermove", ({ clientX: x, clientY: y }) => {
    if (carried?.by === "pointer") carry(x, y);
    else if (pressed && Math.hypot(x - pressed.x, y - pressed.y) > FAR) {
      const { thing, touch } = pressed;
      letGo();
      if (touch) return; // it scrolls
      pickUp(thing, "pointer");
      carry(x, y);
    }
  });

  document.addEventListener("pointerup", () => {
    letGo();
    if (carried?.by !== "pointer") return;
    // Where it was picked up, the link in hand is not followed.
    const quiet = (event) => (event.preventDefault(), event.stopPropagation());
    addEventListener("click", quiet, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", quiet, { capture: true }));
    drop();
  });
  document.addEventListener("pointercancel", () => {
    letGo();
    if (carried?.by === "pointer") putDown();
  });
  document.addEventListener("touchmove", (event) => carried && event.preventDefault(), { passive: false });
  for (const name of ["dragstart", "contextmenu"]) {
    document.addEventListener(name, (event) => {
      if (carried || (pressed && (name === "dragstart" || pressed.touch))) event.preventDefault();
    });
  }

  // ------------------------------------------------------------------------------------ by keys

  // The places as they stand in sight: rows of one timetable that is parted go on in the next.
  function places() {
    const rows = [];
    for (const table of tables()) {
      [...table.querySelectorAll(".slot")].forEach((slot, at) => {
        rows[at] = [...(rows[at] || []), ...slot.querySelectorAll("[data-place]")];
      });
    }
    return rows;
  }

  function step([down, across]) {
    const rows = places();
    const here = carried.over || carried.from;
    const row = rows.findIndex((it) => it.includes(here));
    const column = row < 0 ? 0 : rows[row].indexOf(here);
    const next = row < 0 ? rows[0][0] : rows[row + down]?.[column + across];
    if (!next) return;
    over(next);
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (carried && !carried.link.isConnected) putDown();
    if (carried && key === "Escape") putDown(carried.table.dataset.stays);
    else if (carried?.by === "keys" && key in WAYS) step(WAYS[key]);
    else if (carried?.by === "keys" && (key === "Enter" || key === " ")) drop();
    else if (carried?.by === "keys" && key === "Tab") return void putDown();
    else if (!carried && key === " " && target.matches?.("a") && thingOf(target)) pickUp(thingOf(target), "keys");
    else return;
    event.preventDefault();
  });

  document.documentElement.classList.add("moves");
})();
