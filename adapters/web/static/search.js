// A field in which one of many is found by typing: people, districts, zones. Without scripts the
// words are sent as they are, and the answer says which they fit.
"use strict";

const WAIT = 120; // so that who types fast asks once
let numbered = 0;

function searching(field) {
  const box = field.querySelector("[data-search]");
  const value = field.querySelector("[data-searched]");
  const list = field.querySelector("[role=listbox]");
  let asked = 0;
  let timer = 0;

  const options = () => [...list.children];
  const marked = () => list.querySelector("[aria-selected=true]");

  function mark(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(null);
  }

  function choose(option) {
    box.value = option.textContent;
    value.value = option.dataset.value;
    close();
  }

  function show(found) {
    list.replaceChildren(
      ...found.map(({ value: row, label }) => {
        const option = document.createElement("li");
        option.id = `found-${(numbered += 1)}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = row;
        option.textContent = label;
        return option;
      }),
    );
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
  }

  async function look() {
    const number = (asked += 1);
    const typed = box.value.trim();
    if (!typed) return close();
    const query = new URLSearchParams({ source: box.dataset.search, typed, room: box.dataset.room });
    try {
      const response = await fetch(`${box.dataset.from}?${query}`);
      // What was asked first may be answered last.
      if (response.ok && number === asked) show(await response.json());
    } catch {
      close(); // the words are sent as they are
    }
  }

  box.addEventListener("input", () => {
    value.value = "";
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = options();
    const at = all.indexOf(marked());
    if (event.key === "ArrowDown") mark(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") mark(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Enter" && at >= 0) choose(all[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option);
  });
  box.addEventListener("blur", close);
  field.addEventListener("choices", (event) => {
    show(event.detail);
    box.focus();
  });
}

function prepare(root) {
  for (const box of root.querySelectorAll("[data-search]:not([data-ready])")) {
    box.dataset.ready = "";
    searching(box.closest(".field"));
  }
}

new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) prepare(node);
}).observe(document.body, { childList: true, subtree: true });
prepare(document);
