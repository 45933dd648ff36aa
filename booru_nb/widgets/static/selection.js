import { holds, minus, size, tidy, union } from "./ranges.js";

/**
 * What is selected, as this view shows it.
 *
 * A key press shows at once, also while the kernel computes. So there are two sets: what
 * the kernel has confirmed, and that with our own changes which it has not answered yet.
 */
export class Selection {
  /** @param {(how: string, ranges: Ranges) => void} say Tells the kernel. */
  constructor(say) {
    this.say = say;
    this.clear();
  }

  clear() {
    this.confirmed = [];
    this.pending = [];
    this.ranges = [];
  }

  get size() {
    return size(this.ranges);
  }

  /** @param {number} i */
  has(i) {
    return holds(this.ranges, i);
  }

  /** @param {"add" | "remove" | "set"} how @param {Ranges} ranges */
  change(how, ranges) {
    this.pending.push([how, ranges]);
    this.ranges = changed(this.ranges, how, ranges);
    this.say(how, ranges);
  }

  /** @param {{how: string, ranges: Ranges}} message @param {boolean} own */
  heard(message, own) {
    this.confirmed = changed(this.confirmed, message.how, message.ranges);
    if (own) this.pending.shift();
    this.ranges = this.pending.reduce((all, [how, some]) => changed(all, how, some), this.confirmed);
  }
}

/** @param {Ranges} before @param {string} how @param {Ranges} ranges */
function changed(before, how, ranges) {
  if (how === "add") return union(before, ranges);
  if (how === "remove") return minus(before, tidy(ranges));
  return tidy(ranges);
}
