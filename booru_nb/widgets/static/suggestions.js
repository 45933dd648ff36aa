/**
 * Suggestions of tags under the search bar's input.
 *
 * The word under the cursor is completed, wherever in the line it stands. Questions are
 * numbered, and only the answer to the last one is shown.
 *
 * @typedef {{tag: string, category: ?string, count: ?number, alias: ?string}} Suggestion
 */
import { make } from "./elements.js";

const PAUSE = 250; // milliseconds without a key before the site is asked
const SHORTEST = 2; // characters of a word worth asking about

/**
 * Find the word under the cursor.
 *
 * @returns {{start: number, end: number, sign: string, word: string}} where it stands
 *     in the text, its leading `-` or `~`, and the rest of it
 */
const wordAt = (text, cursor) => {
  const start = text.slice(0, cursor).search(/\S*$/);
  const end = cursor + text.slice(cursor).search(/\s|$/);
  const [, sign, word] = /^([-~]?)(.*)$/s.exec(text.slice(start, end));
  return { start, end, sign, word };
};

/** Write 1234567 as 1.2M, as boorus do. */
const short = (count) =>
  new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(count);

/** The list of suggestions under the input: what it shows, and which one is marked. */
export const suggestionList = ({ input, list }) => {
  let items = [];
  let marked = -1;

  const place = () => {
    const box = input.getBoundingClientRect();
    list.style.left = `${box.left}px`;
    list.style.top = `${box.bottom + 2}px`;
    list.style.minWidth = `${Math.min(box.width, 420)}px`;
    list.style.maxHeight = `${Math.max(120, window.innerHeight - box.bottom - 12)}px`;
  };
  const row = (item, index) => {
    const name = make("span", { class: "bnbs-tag", "data-category": item.category ?? "" }, item.tag);
    const option = make("li", {
      role: "option", id: `${list.id}-${index}`, "aria-selected": "false", "data-index": index,
    });
    if (item.alias) option.append(make("span", { class: "bnbs-alias" }, `${item.alias} →`));
    option.append(name);
    if (item.count != null) option.append(make("span", { class: "bnbs-count" }, short(item.count)));
    return option;
  };
  const mark = (index) => {
    marked = index;
    for (const option of list.querySelectorAll("[role=option]")) {
      const on = Number(option.dataset.index) === marked;
      option.setAttribute("aria-selected", String(on));
      if (on) option.scrollIntoView({ block: "nearest" });
    }
    if (marked < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${marked}`);
  };
  const open = (nodes) => {
    list.replaceChildren(...nodes);
    mark(-1);
    place();
    if (!list.matches(":popover-open")) list.showPopover();
    input.setAttribute("aria-expanded", "true");
  };

  return {
    place,
    get isOpen() { return items.length > 0 && list.matches(":popover-open"); },
    /** The marked suggestion, or the first where `first` says so. */
    chosen: (first) => items[marked] ?? (first ? items[0] : undefined),
    at: (index) => items[index],
    step(by) {
      const places = items.length + 1; // one more place: none is marked
      mark(((marked + 1 + by + places) % places) - 1);
    },
    /** @param {Suggestion[]} found */
    show(found) {
      items = found;
      if (items.length) open(items.map(row));
      else this.hide();
    },
    complain(problem) {
      items = [];
      open([make("li", { class: "bnbs-problem", role: "alert" }, problem)]);
    },
    hide() {
      items = [];
      mark(-1);
      if (list.matches(":popover-open")) list.hidePopover();
      input.setAttribute("aria-expanded", "false");
    },
  };
};

/** Ask for suggestions after a pause, and show the answer to the last question. */
export const completion = ({ model, parts, id, suggestions }) => {
  const { input, site } = parts;
  let timer = 0;
  let number = 0;

  const drop = () => {
    clearTimeout(timer);
    number += 1;
    suggestions.hide();
  };
  const typed = () => {
    clearTimeout(timer);
    number += 1; // an answer that is on its way is for another word
    const { word } = wordAt(input.value, input.selectionStart ?? 0);
    if (word.length < SHORTEST) return suggestions.hide();
    timer = setTimeout(() => {
      model.send({ kind: "suggest", view: id, number, text: word, site: site.value });
    }, PAUSE);
  };
  const accept = (item) => {
    const { start, end, sign } = wordAt(input.value, input.selectionStart ?? 0);
    const rest = input.value.slice(end).replace(/^\s+/, "");
    const head = `${input.value.slice(0, start)}${sign}${item.tag} `;
    input.value = head + rest;
    input.setSelectionRange(head.length, head.length);
    drop();
    input.focus();
  };
  const answered = (message) => {
    if (message.view !== id || message.number !== number) return;
    if (message.problem) suggestions.complain(`No suggestions: ${message.problem}`);
    else suggestions.show(message.items);
  };
  return { drop, typed, accept, answered };
};
