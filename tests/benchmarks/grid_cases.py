"""The grids that are compared, as cells of a notebook, and what is watched in the page.

All show the same distinct JPEGs of about 8 kB, 180 pixels wide, in a box of 600 pixels.
"""

SETUP = """
import asyncio, base64, io
import ipywidgets
import numpy as np
from IPython.display import HTML
from PIL import Image
from booru_nb.widgets.grid import Grid
from tests.support.drawn import frame
from tests.support.pictures import Drawn

def draw(number):
    rng = np.random.default_rng(number)
    rough = rng.integers(0, 256, (60, 60, 3), dtype=np.uint8)
    image = Image.fromarray(rough).resize((180, 180), Image.BICUBIC)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=74)
    return Drawn(out.getvalue())

pictures = [draw(number) for number in range(1000)]
posts = {count: frame(count) for count in (1000, 20_000)}
async def thumbnails(item):
    return pictures[item.id % 1000]
"""

IMAGES = """
ipywidgets.GridBox(
    [ipywidgets.Image(value=p.data, format="jpeg") for p in pictures],
    layout=ipywidgets.Layout(
        grid_template_columns="repeat(4, 180px)", height="600px", overflow="auto"
    ),
)
"""

DATA_URIS = """
HTML('<div class="uris" style="height:600px;overflow:auto">' + "".join(
    '<img width="180" height="180" src="data:image/jpeg;base64,'
    + base64.b64encode(p.data).decode() + '">' for p in pictures
) + "</div>")
"""

OURS = "grid = Grid(posts[{count}], thumbnails=thumbnails)\ngrid"

COUNTED = """
sent = []
async def slowly(item):
    await asyncio.sleep(0.4)
    return pictures[item.id % 1000]
grid = Grid(posts[20_000], thumbnails=slowly)
send = grid.send
def counted(content, buffers=None):
    sent.extend(item["id"] for item in content.get("items", []))
    send(content, buffers)
grid.send = counted
grid
"""

BOXES = {"images": ".widget-gridbox", "uris": ".uris", "ours": ".bnb-scroll"}
"""The element that scrolls, by the kind of grid."""

WATCH = """
window.painted = (selector) => {
  const box = document.querySelector(selector);
  if (!box) return false;
  const edge = box.getBoundingClientRect();
  const near = (e) => {
    const at = e.getBoundingClientRect();
    return at.height > 0 && at.bottom > edge.top && at.top < edge.bottom;
  };
  if (box.matches(".bnb-scroll")) {
    const cells = [...box.querySelectorAll(".bnb-cell")].filter((c) => c.id && near(c));
    const shown = (c) => c.firstChild.complete && c.firstChild.naturalWidth > 0;
    return cells.length > 0 && cells.every(shown);
  }
  const seen = [...box.querySelectorAll("img")].filter(near);
  return seen.length >= 12 && seen.every((i) => i.complete && i.naturalWidth > 0);
};
window.frame = () => new Promise((done) => requestAnimationFrame(done));
window.untilPainted = async (selector, started) => {
  while (!painted(selector)) await frame();
  await frame();
  await frame();
  return performance.now() - started;
};
window.runAndPaint = (selector) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.length - 1;
  const started = performance.now();
  jupyterapp.commands.execute("notebook:run-cell");
  return untilPainted(selector, started);
};
window.jump = (share) => {
  const box = document.querySelector(".bnb-scroll");
  box.scrollTop = share * (box.scrollHeight - box.clientHeight);
  return frame().then(() => untilPainted(".bnb-scroll", performance.now()));
};
window.scrollOn = async (step, frames) => {
  const box = document.querySelector(".bnb-scroll");
  const times = [];
  let last = performance.now();
  for (let i = 0; i < frames; i += 1) {
    box.scrollTop += step;
    await frame();
    times.push(performance.now() - last);
    last = performance.now();
  }
  return times;
};
"""
