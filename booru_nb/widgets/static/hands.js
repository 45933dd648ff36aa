import { meaning } from "./keys.js";
import { union } from "./ranges.js";

/** What the keyboard and the mouse do to a view. */
export class Hands {
  /** @param {GridView} view */
  constructor(view) {
    this.view = view;
    this.clear();
    const { scroller } = view.stage;
    scroller.addEventListener("keydown", (event) => this.key(event));
    scroller.addEventListener("click", (event) => this.click(event));
    scroller.addEventListener("dblclick", (event) => this.doubleClick(event));
    scroller.addEventListener("focus", () => this.focus());
  }

  clear() {
    this.anchor = 0;
    this.base = null;
  }

  focus() {
    const { view } = this;
    if (view.active < 0 && view.total && view.stage.scroller.matches(":focus-visible")) {
      view.activate(view.stage.postsNear(0)[0]);
    }
  }

  key(event) {
    const { geometry } = this.view.stage;
    const page = geometry.columns * Math.max(1, Math.floor(geometry.view / geometry.pitch));
    const at = Math.max(0, this.view.active);
    const meant = meaning(event, at, { columns: geometry.columns, total: geometry.total, page });
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
    if ("act" in meant) this.act(meant.act, at);
    else if (geometry.total) this.go(meant.move, event.shiftKey);
  }

  /** Make a post the active one; with `reach`, select from the anchor to it. */
  go(i, reach) {
    if (reach) this.selectTo(i);
    else [this.anchor, this.base] = [i, null];
    this.view.activate(i);
  }

  selectTo(i) {
    const { selection } = this.view;
    // What was selected before the anchor stays, however far the range goes and comes.
    this.base ??= selection.ranges;
    const range = [Math.min(this.anchor, i), Math.max(this.anchor, i) + 1];
    selection.change("set", union(this.base, [range]));
  }

  toggle(i) {
    const { selection } = this.view;
    [this.anchor, this.base] = [i, null];
    selection.change(selection.has(i) ? "remove" : "add", [[i, i + 1]]);
    this.view.activate(i);
  }

  act(name, at) {
    const { view } = this;
    if (name === "help") view.stage.help.toggle();
    if (name === "reveal-all") view.revealAll();
    if (name === "none" && view.model.get("opened")) return void view.send({ kind: "shut" });
    if (!view.total) return;
    if (name === "toggle") this.toggle(at);
    if (name === "open") view.send({ kind: "open", id: at });
    if (name === "bookmark") view.bookmark(at);
    if (name === "reveal") view.reveal(at);
    if (name === "retry") view.retry();
    if (name === "all") this.select([[0, view.total]]);
    if (name === "none") this.select([]);
  }

  select(ranges) {
    this.base = null;
    this.view.selection.change("set", ranges);
    this.view.mark();
  }

  click(event) {
    const i = this.postOf(event);
    if (i < 0) return;
    this.view.stage.scroller.focus({ preventScroll: true });
    const part = event.target.dataset.do;
    if (part === "toggle" || event.ctrlKey || event.metaKey) this.toggle(i);
    else if (part === "star") this.view.bookmarkOnly(i);
    else {
      if (part === "note" && !event.shiftKey) this.view.reveal(i);
      if (!event.shiftKey) this.select([[i, i + 1]]);
      this.go(i, event.shiftKey);
    }
  }

  doubleClick(event) {
    const i = this.postOf(event);
    if (i >= 0 && !event.target.dataset.do) this.view.send({ kind: "open", id: i });
  }

  postOf(event) {
    const cell = event.target.closest("[role=gridcell]");
    return cell ? Number(cell.id.split("-").pop()) : -1;
  }
}
