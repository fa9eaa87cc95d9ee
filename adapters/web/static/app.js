// The lobby without it works too, page by page; with it, rooms and panels follow by themselves.
"use strict";

const status = document.getElementById("status");
const scroll = document.getElementById("scroll");
const main = document.getElementById("main");
const ask = document.getElementById("ask");

function tell(words, kind = "") {
  status.textContent = words;
  status.className = `status ${words ? "shown" : ""} ${kind}`;
}

function mention(words) {
  tell(words);
  setTimeout(() => status.textContent === words && tell(""), 4000);
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // our own server's, escaped there
  return template.content;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}

// ------------------------------------------------------------------------------- scrolling

const atEnd = () => !scroll || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
const toEnd = () => scroll && scroll.scrollTo({ top: scroll.scrollHeight });

// ---------------------------------------------------------------------------------- sending

// One submission keeps its key over every attempt, so that trying again cannot do it twice.
let sending = 0;
async function send(form, submitter) {
  sending += 1;
  try {
    return await sent(form, submitter);
  } finally {
    sending -= 1;
  }
}

async function sent(form, submitter) {
  const filled = new FormData(form, submitter);
  const body = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled);
  body.set("key", newKey());
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(form.getAttribute("action"), {
        method: "POST",
        body,
        headers: { "X-Live": "1" },
      });
      const told = response.headers.get("Content-Type")?.startsWith("application/json");
      if (response.ok || told) return await response.json();
      if (response.status < 500 || attempt === 2) return null;
    } catch {
      if (attempt === 2) return null;
    }
    await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt));
  }
}

// What is too large is said before it is sent, which may take minutes on a phone.
function tooLarge(form) {
  const files = [...form.querySelectorAll("input[type=file]")];
  const bad = files.filter((it) => [...it.files].some(({ size }) => size > Number(it.dataset.largest)));
  return bad.length ? Object.fromEntries(bad.map((it) => [it.name, it.dataset.tooLarge])) : null;
}

function show(answer, form) {
  tell("");
  // What was said of words that did not count goes once others do.
  if (answer.counts) document.querySelector("#private > [data-unheard]")?.remove();
  if (answer.kind === "form") openForm(answer.html);
  else if (answer.kind === "errors") showErrors(form, answer.errors, answer.choices || {});
  else if (answer.kind === "go") window.location.assign(answer.url);
  else if (answer.kind === "noted") mention(answer.words);
  else {
    const fromForm = form.hasAttribute("data-form");
    if (fromForm) ask.close();
    if (form.closest("[data-alone]")) form.hidden = true;
    if (answer.kind === "private" || answer.kind === "held") showPrivate(answer, fromForm);
  }
}

// Who filled in a form, or whose button has gone, goes on from the answer; nobody else is moved.
function showPrivate(answer, takesFocus) {
  const place = document.getElementById("private");
  if (!place) return;
  const shown = parsed(answer.html).firstElementChild;
  if (answer.unheard) shown.dataset.unheard = "";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "×";
  close.setAttribute("aria-label", status.dataset.close);
  close.addEventListener("click", () => {
    shown.remove();
    if (scroll) scroll.focus();
  });
  shown.append(close);
  shown.tabIndex = -1;
  place.replaceChildren(shown);
  // It stands below what was said so far, and what is said from now on comes below it.
  if (place.parentElement.id === "log") place.parentElement.append(place);
  if (takesFocus || document.activeElement === document.body) shown.focus({ preventScroll: true });
  // A long answer is read from its beginning.
  const long = scroll && shown.offsetHeight > scroll.clientHeight;
  if (scroll && !long) toEnd();
  else shown.scrollIntoView({ block: long ? "start" : "nearest" });
}

// What is typed into a form that keeps it is kept as it is typed: a phone may die, a door may ring.
let typing = 0;
document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-keeps]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    const body = new URLSearchParams([...new FormData(form)].filter(([, it]) => typeof it === "string"));
    fetch(form.dataset.keeps, { method: "POST", body, keepalive: true }).catch(() => {});
  }, 700);
});

function openForm(html) {
  ask.replaceChildren(parsed(html));
  bringBack(ask.querySelector("[data-form]"));
  if (!ask.open) ask.showModal();
  const first = ask.querySelector("textarea, input:not([type=hidden]), select");
  if (first) first.focus();
}

// Escape is pressed by a slip of the finger: what was typed is there when the form opens again.
const unsent = new Map();
const named = (form) => ["form", "row"].map((name) => new FormData(form).get(name)).join("/");
const fieldsOf = (form) => [...form.querySelectorAll("input:not([type=hidden]), textarea, select")];

ask.addEventListener("cancel", () => {
  const form = ask.querySelector("[data-form]");
  if (form) unsent.set(named(form), fieldsOf(form).map(({ value, checked }) => ({ value, checked })));
});

function bringBack(form) {
  const kept = unsent.get(named(form));
  const fields = fieldsOf(form);
  unsent.delete(named(form));
  if (!kept || kept.length !== fields.length) return;
  // A browser lets nobody but the person themselves choose a file.
  fields.forEach((it, at) => it.type !== "file" && Object.assign(it, kept[at]));
}

function showErrors(form, errors, choices) {
  let first = null;
  for (const place of form.querySelectorAll("[data-error]")) {
    const words = errors[place.dataset.error];
    place.hidden = !words;
    place.replaceChildren(words ? parsed(words) : "");
    const field = place.closest(".field");
    const input = field.querySelector("input, textarea, select");
    if (words) {
      input.setAttribute("aria-invalid", "true");
      first = first || input;
    } else input.removeAttribute("aria-invalid");
  }
  if (first) first.focus();
  for (const [name, fit] of Object.entries(choices)) {
    const place = form.querySelector(`[data-error="${CSS.escape(name)}"]`);
    if (place) place.closest(".field").dispatchEvent(new CustomEvent("choices", { detail: fit }));
  }
}

function confirmed(title, words) {
  const sure = document.getElementById("sure");
  document.getElementById("sure-title").textContent = title;
  document.getElementById("sure-words").textContent = words;
  sure.returnValue = "no";
  sure.showModal();
  return new Promise((resolve) => {
    sure.addEventListener("close", () => resolve(sure.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-live")) return;
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  const submitter = event.submitter;
  if (form.dataset.confirm && !(await confirmed(submitter.textContent, form.dataset.confirm))) return;
  const composer = form.hasAttribute("data-composer");
  if (composer && !form.elements.words.value.trim()) return;
  const large = tooLarge(form);
  if (large) {
    showErrors(form, large, {});
    return;
  }
  form.setAttribute("aria-busy", "true");
  const answer = await send(form, submitter);
  form.removeAttribute("aria-busy");
  if (!answer || answer.kind === "shut") {
    tell(answer ? answer.words : status.dataset.failed, "bad");
    return;
  }
  if (composer && answer.kind !== "held") {
    form.elements.words.value = "";
    grow(form.elements.words);
    toEnd();
  }
  show(answer, form);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-cancel]")) {
    if (ask.open) ask.close();
    else window.history.back();
  }
  if (event.target.closest("[data-print]")) window.print();
  // What was chosen of the things one can do beside a room is done; the list goes.
  const hints = event.target.closest(".hints:popover-open");
  if (hints && event.target.closest("button")) setTimeout(() => hints.hidePopover());
});

// --------------------------------------------------------------------------------- composer

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 200)}px`;
}

const words = document.getElementById("words");
if (words) {
  words.addEventListener("input", () => grow(words));
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      words.form.requestSubmit();
    }
  });
}

// Whoever opens what they said sees all of it, also at the end of the room.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches(".edit") || !target.open) return;
    target.scrollIntoView({ block: "nearest" });
    target.querySelector("textarea").focus();
  },
  true,
);

// -------------------------------------------------------------------------------- following

function putMessage(told) {
  const log = document.getElementById("log");
  const standing = document.getElementById(`m${told.id}`);
  if (told.gone) {
    if (standing) standing.remove();
    return;
  }
  if (!told.html) return;
  const fresh = parsed(told.html).firstElementChild;
  if (standing) {
    // Somebody who is editing or about to press keeps what they have in hand.
    if (standing.contains(document.activeElement) && standing.querySelector("details[open]")) return;
    const inside = standing.contains(document.activeElement);
    const label = inside ? document.activeElement.textContent : "";
    standing.replaceWith(fresh);
    if (inside) {
      const same = [...fresh.querySelectorAll("button, a")].find((it) => it.textContent === label);
      if (same) same.focus();
    }
    return;
  }
  const follow = atEnd();
  const last = [...log.querySelectorAll(".msg")].at(-1);
  if (fresh.dataset.day && (!last || last.dataset.day !== fresh.dataset.day)) {
    const day = document.createElement("li");
    day.className = "day";
    const label = document.createElement("span");
    label.textContent = fresh.dataset.day;
    day.append(label);
    log.append(day);
  }
  log.append(fresh);
  const empty = document.getElementById("empty");
  if (empty) empty.remove();
  if (follow) toEnd();
}

function putBeside(html) {
  const place = document.getElementById("beside");
  if (!place) return;
  place.hidden = !html;
  main.classList.toggle("has-beside", Boolean(html));
  const panel = document.getElementById("panel");
  const held = panel.contains(document.activeElement) ? document.activeElement.textContent : null;
  panel.replaceChildren(parsed(html));
  if (held !== null) {
    const same = [...panel.querySelectorAll("button")].find((it) => it.textContent === held);
    (same || panel.querySelector("button") || place).focus();
  }
}

// On a phone the talk comes first; the panel is one tap away.
if (matchMedia("(max-width: 1060px)").matches) {
  document.querySelector("#beside details")?.removeAttribute("open");
}

function putAbove(html) {
  const place = document.getElementById("above");
  if (!place) return;
  const follow = atEnd();
  const held = place.contains(document.activeElement);
  place.hidden = !html;
  place.replaceChildren(parsed(html));
  if (held) (place.querySelector("button") || scroll).focus({ preventScroll: true });
  if (follow) toEnd();
}

// What stays the same stays as it is, with the focus, the selection and the open lists in it. Of what
// is replaced, the same is focused and open again.
function putPieces({ order, new: fresh }) {
  const content = document.getElementById("content");
  const standing = new Map([...content.children].map((it) => [it.dataset.piece, it]));
  if (!order.every((key) => standing.has(key) || key in fresh)) {
    anew();
    return;
  }
  const wanted = new Set(order);
  const gone = [...content.children].filter((it) => !wanted.has(it.dataset.piece));
  const held = gone.some((it) => it.contains(document.activeElement)) ? document.activeElement : null;
  const open = gone.flatMap((it) => [...it.querySelectorAll("details[open]")].map(identity));
  const typed = held && held.matches("input, textarea") ? held.value : null;
  const made = [];
  let at = content.firstElementChild;
  for (const key of order) {
    while (at && !wanted.has(at.dataset.piece)) at = at.nextElementSibling;
    let piece = standing.get(key);
    if (!piece) {
      piece = document.createElement("div");
      piece.className = "piece";
      piece.dataset.piece = key;
      piece.append(parsed(fresh[key]));
      made.push(piece);
    }
    if (piece === at) at = at.nextElementSibling;
    else content.insertBefore(piece, at);
  }
  for (const each of made)
    for (const list of each.querySelectorAll("details")) list.open = open.includes(identity(list));
  for (const each of gone) each.remove();
  if (!held) return;
  const same = made.flatMap((it) => [...it.querySelectorAll(held.tagName)]);
  const found = same.find((it) => identity(it) === identity(held));
  if (!found) return;
  if (typed !== null) found.value = typed;
  found.focus({ preventScroll: true });
}

// What an element is, whatever it reads now: by its id, where it leads, or what its form does.
function identity(it) {
  if (it.id) return `#${it.id}`;
  if (it.href) return it.getAttribute("href");
  const form = it.form || it.closest("form");
  if (form) return [it.tagName, it.name, it.value, ...["action", "row"].map((name) => new FormData(form).get(name))].join(" ");
  const within = it.closest("[id]");
  return `${it.tagName} ${within ? within.id : ""} ${it.textContent.trim().slice(0, 80)}`;
}

// Where there is room beside the page, its contents stand open there.
function openContents() {
  const list = document.getElementById("contents");
  if (list && matchMedia("(min-width: 1260px)").matches) list.open = true;
}
openContents();

// Menus close as people expect: by a press elsewhere, by Escape, and when another one opens.
const menus = "details.more[open], .rows .menu details[open]";
document.addEventListener("click", ({ target }) => {
  for (const each of document.querySelectorAll(menus)) if (!each.contains(target)) each.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const each of document.querySelectorAll(menus)) {
    if (each.contains(document.activeElement)) each.querySelector("summary").focus();
    each.open = false;
  }
});

// What counts down does so here, by the clock that the page came with; nobody is told anything anew for it.
const { shownAt, rate: pace = "1" } = document.documentElement.dataset;
const openedAt = Date.now();
const passed = () => (Date.now() - openedAt) * Number(pace);
const instant = () => (shownAt ? Date.parse(shownAt) + passed() : Date.now());
const left = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });
function tellTime() {
  for (const it of document.querySelectorAll("time[data-counts]")) {
    const minutes = Math.round((Date.parse(it.dateTime) - instant()) / 60000);
    it.dataset.said ??= it.textContent;
    const words = it.dataset.said + (minutes > 0 ? ` (${left.format(minutes, "minute")})` : "");
    if (it.textContent !== words) it.textContent = words;
  }
  for (const it of document.querySelectorAll("[data-begins]")) nowIn(it);
}
tellTime();
setInterval(tellTime, 1000);

// Where in a row of a timetable it is now; rows that are over or go on say so by themselves.
function nowIn(slot) {
  const [begins, ends] = [Date.parse(slot.dataset.begins), Date.parse(slot.dataset.ends)];
  const share = (instant() - begins) / (ends - begins);
  slot.classList.toggle("on", share >= 0 && share < 1);
  slot.classList.toggle("over", share >= 1);
  slot.style.setProperty("--past", Math.min(Math.max(share, 0), 1).toFixed(4));
}

// Nothing of the page stands as it is: the reader's language or clock is another one, say. What they
// are writing and the answer to what they did, which may be about to come, stay; so does an open form.
let renewing = false;
async function anew() {
  if (renewing) return;
  renewing = true;
  while (sending || ask.open) await new Promise((resolve) => setTimeout(resolve, 50));
  const close = document.querySelector("#private .close");
  const told = close?.closest(".only-you");
  close?.remove();
  if (told) sessionStorage.setItem("told", told.outerHTML);
  const words = document.getElementById("words");
  if (words && words.value) sessionStorage.setItem("unsent", words.value);
  location.reload();
}

const toldBefore = sessionStorage.getItem("told");
sessionStorage.removeItem("told");
if (toldBefore) showPrivate({ html: toldBefore }, false);

const unsentWords = sessionStorage.getItem("unsent");
if (unsentWords && document.getElementById("words")) {
  document.getElementById("words").value = unsentWords;
  sessionStorage.removeItem("unsent");
}

// What is under a finger stays until it is lifted: a press on what is exchanged meanwhile would be lost.
let pressing = false;
const meanwhile = [];
addEventListener("pointerdown", ({ isPrimary, button }) => {
  pressing = isPrimary && button === 0;
});
for (const lifted of ["pointerup", "pointercancel"]) {
  addEventListener(lifted, () => {
    pressing = false;
    // The click comes after it.
    setTimeout(() => meanwhile.splice(0).forEach(put));
  });
}

function heard(told) {
  if (pressing || meanwhile.length) meanwhile.push(told);
  else put(told);
}

function put({ name, data, words: why }) {
  if (name === "message") putMessage(data);
  else if (name === "beside") {
    putBeside(data.html);
    putAbove(data.above);
  } else if (name === "page") putPieces(data);
  else if (name === "ended") location.replace("/");
  else if (name === "gone") anew();
  else if (name === "otherwise") {
    unfollow();
    anew();
  } else if (name === "lost") tell(why || status.dataset.lost, "lost");
  else if (name === "back") {
    tell(status.dataset.back);
    setTimeout(() => status.textContent === status.dataset.back && tell(""), 4000);
  }
}

const unfollow =
  main && main.dataset.stream ? followed(status.dataset.streams, main.dataset.stream, heard) : null;

// Whoever opened this page did so to do just that, such as by the code at a door. A tab that the phone
// brings back an hour later did not.
const atOnce = document.querySelector("[data-at-once] form");
if (atOnce && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  atOnce.requestSubmit();
  atOnce.hidden = true;
}

// ------------------------------------------------------------------------------------ clock

const now = document.querySelector("[data-now]");
if (now) {
  const began = Date.now();
  const { zone, locale, rate } = now.dataset;
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: zone });
  const tick = () => {
    const at = Number(now.dataset.now) * 1000 + (Date.now() - began) * Number(rate);
    now.textContent = clock.format(at);
  };
  tick();
  setInterval(tick, Math.max(250, 5000 / Number(rate)));
}

// Only a script knows whose clock this is: who is new is told times by it, who is not is asked.
const clockZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
document.cookie = `plnbot_zone=${encodeURIComponent(clockZone)}; path=/; samesite=lax; max-age=31536000`;
const zone = document.querySelector("form.new input[name=zone]");
if (zone) zone.value = clockZone;

toEnd();
