import { element } from "./cells.js";

const KEYS = [
  ["← ↑ → ↓ or h k l j", "move"],
  ["Home, End", "first, last of the row"],
  ["Ctrl+Home, Ctrl+End", "first, last of all"],
  ["Page Up, Page Down", "a screen up, down"],
  ["click", "select this one only"],
  ["Space, Ctrl+click, ✓", "select one more, or not"],
  ["Shift + move or click", "select from here to there"],
  ["Ctrl+A", "select all"],
  ["Esc", "select none"],
  ["Enter, double click", "open", "open"],
  ["Esc", "close what is open", "open"],
  ["b", "bookmark, or not", "bookmark"],
  ["v, Shift+V", "show a blurred post, all of them"],
  ["r", "try a failed thumbnail again"],
  ["?", "this list"],
];

/** The line above the thumbnails: how many, what goes on, and how they are shown. */
export class Bar {
  /** @param {{onSize: Function, onSized: Function, onReveal: Function, onHelp: Function, onAgain: Function}} on */
  constructor(on) {
    this.el = element("div", "bnb-bar");
    this.count = element("span", "bnb-count", { role: "status", "aria-live": "polite" });
    this.status = element("span", "bnb-status", { role: "status", "aria-live": "polite" });
    this.again = button("Try again", "Ask for more posts again", on.onAgain);
    this.reveal = button("Show blurred", "Show all blurred thumbnails (Shift+V)", on.onReveal);
    this.reveal.setAttribute("aria-pressed", "false");
    this.reveal.hidden = true;
    this.slider = element("input", "bnb-size", {
      type: "range", min: "90", max: "320", step: "10", "aria-label": "Size of the thumbnails",
    });
    this.slider.addEventListener("input", () => on.onSize(Number(this.slider.value)));
    this.slider.addEventListener("change", () => on.onSized(Number(this.slider.value)));
    const help = button("?", "Keys (?)", on.onHelp);
    this.el.append(this.count, this.status, this.again, this.reveal, this.slider, help);
  }

  /** @param {{total: number, selected: number, status: string, tone: string, again: boolean}} now */
  show(now) {
    const posts = now.total === 1 ? "1 post" : `${now.total.toLocaleString("en")} posts`;
    const chosen = now.selected ? ` · ${now.selected.toLocaleString("en")} selected` : "";
    const count = now.total || !now.status ? posts + chosen : "";
    // What is read out must not be set again when it is the same.
    if (this.count.textContent !== count) this.count.textContent = count;
    if (this.status.textContent !== now.status) this.status.textContent = now.status;
    this.status.title = now.status;
    this.el.dataset.tone = now.tone;
    // Where there are no posts, the words stand in the middle.
    this.el.classList.toggle("bnb-none", !now.total);
    this.again.hidden = !now.again;
  }
}

function button(text, title, act) {
  const node = element("button", "bnb-button", { type: "button", title });
  node.textContent = text;
  node.addEventListener("click", () => act());
  return node;
}

/** The list of keys, over the thumbnails. */
export class Help {
  /**
   * @param {() => void} onClose
   * @param {{open: boolean, bookmark: boolean}} can What there is besides looking.
   */
  constructor(onClose, can) {
    this.el = element("div", "bnb-help", { role: "dialog", "aria-label": "Keys", tabindex: "-1" });
    this.el.hidden = true;
    const list = element("dl", "");
    for (const [keys, what, needed] of KEYS) {
      if (needed && !can[needed]) continue;
      const [dt, dd] = [element("dt", ""), element("dd", "")];
      dt.textContent = keys;
      dd.textContent = what;
      list.append(dt, dd);
    }
    const close = button("Close", "Close (Esc)", () => this.toggle());
    this.el.append(list, close);
    this.onClose = onClose;
    this.el.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && event.key !== "?") return;
      event.preventDefault();
      event.stopPropagation();
      this.toggle();
    });
  }

  toggle() {
    this.el.hidden = !this.el.hidden;
    if (this.el.hidden) this.onClose();
    else this.el.focus({ preventScroll: true });
  }
}
