// The browser's half of the grid; what crosses the wire stands in grid.py.
import { Hands } from "./hands.js";
import { Pictures } from "./pictures.js";
import { holds } from "./ranges.js";
import { Selection } from "./selection.js";
import { Stage } from "./stage.js";
import { Wants } from "./wants.js";

const PATIENCE = 5000; // milliseconds before a kernel counts as missing

class GridView {
  constructor(model) {
    this.model = model;
    this.id = `bnb${Math.random().toString(36).slice(2)}`;
    this.pictures = new Pictures();
    this.selection = new Selection((how, ranges) => this.send({ kind: "select", how, ranges }));
    this.stage = new Stage(this.id, {
      can: { open: model.get("can_open"), bookmark: model.get("can_bookmark") },
      onSize: (size) => this.resize(size),
      onSized: (size) => this.send({ kind: "size", size }),
      onReveal: () => this.revealAll(),
      onAgain: () => this.send({ kind: "more", again: true }),
    });
    this.hands = new Hands(this);
    this.wants = new Wants(this);
    this.shownAll = false;
    this.size = model.get("size");
    this.listen();
    this.reset();
    this.missing = setTimeout(() => this.miss(), PATIENCE);
  }

  get total() {
    return this.model.get("total");
  }

  listen() {
    this.heard = {
      "msg:custom": (message, buffers) => this.hear(message, buffers),
      "change:epoch": () => this.reset(),
      "change:total": () => this.layout(),
      "change:height": () => this.layout(),
      "change:size": () => this.resize(this.model.get("size")),
      "change:can_bookmark": () => this.layout(),
      "change:can_more": () => this.mark(),
      "change:status": () => this.mark(),
      "change:tone": () => this.mark(),
    };
    for (const name in this.heard) this.model.on(name, this.heard[name]);
    this.stage.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.observer = new ResizeObserver(() => this.layout());
    this.observer.observe(this.stage.box);
  }

  /** Another frame is shown: nothing of the last one counts any more. */
  reset() {
    this.pictures.clear();
    this.selection.clear();
    this.hands.clear();
    this.active = -1;
    this.revealed = new Set();
    this.wants.clear();
    this.stage.scroller.scrollTop = this.lastTop = 0;
    this.layout();
  }

  layout() {
    const { stage, model } = this;
    const height = model.get("height");
    stage.box.style.height = `${height}px`;
    stage.root.classList.toggle("bnb-stars", model.get("can_bookmark"));
    stage.bar.slider.value = String(this.size);
    // Where the output is hidden or taken off the page, its scroll place is lost.
    const away = !stage.scroller.clientHeight;
    const back = this.away && !away;
    this.away = away;
    if (away) return;
    if (back) stage.scroller.scrollTop = this.lastTop;
    stage.measure(this.size, this.total);
    // A few posts need no tall box; one that shows search after search keeps its height.
    const fits = this.total && stage.geometry.full < height && !model.get("epoch");
    if (fits && !model.get("can_more")) stage.box.style.height = `${stage.geometry.full + 8}px`;
    this.mark();
  }

  resize(size) {
    if (size === this.size) return;
    this.size = size;
    this.layout();
  }

  scrolled() {
    this.wants.scrolled();
    this.schedule();
  }

  /** Something about the cells or the bar has changed. */
  mark() {
    this.stale = true;
    this.schedule();
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = undefined;
    const { stage } = this;
    if (!stage.scroller.clientHeight) return;
    this.lastTop = stage.scroller.scrollTop;
    stage.arrange((cell) => this.paint(cell));
    if (this.stale) this.drawState();
    this.stale = false;
    const on = stage.cell(this.active);
    if (on) stage.scroller.setAttribute("aria-activedescendant", on.el.id);
    else stage.scroller.removeAttribute("aria-activedescendant");
    this.wants.soon();
  }

  drawState() {
    const { stage, model, total } = this;
    for (const cell of stage.cells()) this.markCell(cell);
    const [status, tone] = [model.get("status"), model.get("tone")];
    const again = tone === "error" && model.get("can_more");
    stage.bar.show({ total, selected: this.selection.size, status, tone, again });
    stage.empty.hidden = total > 0;
    stage.empty.dataset.tone = tone;
    stage.empty.textContent = status || (tone === "busy" ? "Looking …" : "No posts");
  }

  paint(cell) {
    const shown = this.shownAll || this.revealed.has(cell.i);
    cell.paint(this.pictures.get(cell.i), shown);
    this.markCell(cell);
  }

  markCell(cell) {
    cell.mark(this.selection.has(cell.i), cell.i === this.active);
  }

  repaint() {
    for (const cell of this.stage.cells()) this.paint(cell);
    this.mark();
  }

  activate(i) {
    this.active = i;
    this.stage.reach(i);
    this.mark();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.send({ kind: "active", id: i }), 150);
  }

  reveal(i) {
    const post = this.pictures.get(i);
    if (post?.why && !post.final) return this.retry(i);
    if (this.revealed.has(i)) this.revealed.delete(i);
    else if (post?.blurred) this.revealed.add(i);
    this.send({ kind: "reveal", id: i, on: this.shownAll || this.revealed.has(i) });
    return this.repaint();
  }

  revealAll() {
    this.shownAll = !this.shownAll;
    this.revealed.clear();
    this.stage.bar.reveal.setAttribute("aria-pressed", String(this.shownAll));
    this.send({ kind: "reveal", id: null, on: this.shownAll });
    this.repaint();
  }

  /** Ask again for one post whose thumbnail failed, or for all in sight. */
  retry(i) {
    const [first, last] = i === undefined ? this.stage.postsNear(0) : [i, i + 1];
    for (let k = first; k < last; k += 1) {
      const post = this.pictures.get(k);
      if (post?.why && !post.final) this.pictures.forget(k);
    }
    this.repaint();
  }

  bookmark(at) {
    if (this.selection.size) this.send({ kind: "bookmark", ranges: null });
    else this.bookmarkOnly(at);
  }

  bookmarkOnly(i) {
    this.send({ kind: "bookmark", ranges: [[i, i + 1]] });
  }

  hear(message, buffers) {
    this.found();
    if (message.epoch !== this.model.get("epoch")) return;
    if (message.kind === "thumbs") this.take(message, buffers);
    else if (message.kind === "selected") {
      this.selection.heard(message, message.view === this.id);
      this.mark();
    } else if (message.kind === "bookmarked") this.star(message);
  }

  take({ n, items }, buffers) {
    this.wants.came(n, items);
    for (const item of items) {
      this.pictures.put(item, buffers);
      if (item.blurred) this.stage.bar.reveal.hidden = false;
      const cell = this.stage.cell(item.id);
      if (cell) this.paint(cell);
    }
    this.pictures.trim((i) => Boolean(this.stage.cell(i)));
  }

  star({ on, off }) {
    for (const [i, post] of this.pictures.known) {
      if (holds(on, i)) post.bookmarked = true;
      else if (holds(off, i)) post.bookmarked = false;
    }
    this.repaint();
  }

  /** A saved notebook shows its widgets without a kernel; then say so. */
  miss() {
    const { notice } = this.stage;
    notice.textContent = "No kernel answers yet. If none is at work, run this cell to see the posts.";
    notice.hidden = false;
  }

  found() {
    clearTimeout(this.missing);
    this.stage.notice.hidden = true;
  }

  send(message) {
    const whole = { ...message, view: this.id, epoch: this.model.get("epoch") };
    // After a restart this throws; what is shown stays, and nobody is there to be told.
    try {
      this.model.send(whole);
    } catch (error) {
      console.debug("booru_nb: no kernel takes", message.kind, error);
    }
  }

  close() {
    for (const name in this.heard) this.model.off(name, this.heard[name]);
    this.observer.disconnect();
    for (const timer of [this.missing, this.telling]) clearTimeout(timer);
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.pictures.clear();
    this.wants.close();
  }
}

export default {
  render({ model, el }) {
    const view = new GridView(model);
    el.append(view.stage.root);
    return () => view.close();
  },
};
