/* What a hand does on a picture: point, pin, draw a rectangle, move and enlarge it, swipe. */

const DRAGGED = 5;

/*
 * `tool()` is point, rectangle or move. The listener gets places as fractions of the frame:
 * point(at), pin(at), rectangle(from, to, done), pan(dx, dy), zoom(factor, at), swipe(x, done).
 */
export function listen(view, tool, listener) {
  const pointers = new Map();
  let drag = null;
  let pinch = null;

  const at = (event) => {
    const { left, top, width, height } = view.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };

  const kindOf = (event) => {
    if (event.target.closest(".divider")) return "swipe";
    if (event.button === 1 || event.shiftKey || tool() === "move") return "pan";
    /* A finger that drags over a picture scrolls the page, unless it took up another tool. */
    return event.pointerType === "mouse" || tool() === "rectangle" ? "rectangle" : "tap";
  };

  function spread() {
    const [one, other] = [...pointers.values()];
    return { middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }, apart: Math.hypot(one.x - other.x, one.y - other.y) };
  }

  view.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    if (event.button === 1) event.preventDefault();
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 2) {
      pinch = spread();
      drag = null;
    } else {
      drag = { kind: kindOf(event), from: at(event), last: at(event), x: event.clientX, y: event.clientY, moved: false };
      if (drag.kind !== "tap") view.setPointerCapture(event.pointerId);
    }
  });

  view.addEventListener("pointermove", (event) => {
    const here = at(event);
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, here);
    if (pinch && pointers.size === 2) {
      const now = spread();
      listener.pan(now.middle.x - pinch.middle.x, now.middle.y - pinch.middle.y);
      if (pinch.apart > 0) listener.zoom(now.apart / pinch.apart, now.middle);
      pinch = now;
    } else if (drag) {
      drag.moved ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > DRAGGED;
      if (drag.kind === "swipe") listener.swipe(here.x, false);
      else if (drag.moved && drag.kind === "pan") listener.pan(here.x - drag.last.x, here.y - drag.last.y);
      else if (drag.moved && drag.kind === "rectangle") listener.rectangle(drag.from, here, false);
      drag.last = here;
    } else if (event.pointerType === "mouse") {
      listener.point(here);
    }
  });

  const end = (event, cancelled) => {
    pointers.delete(event.pointerId);
    if (pinch) {
      if (pointers.size === 0) pinch = null;
      return;
    }
    const ended = drag;
    drag = null;
    if (!ended || cancelled) return;
    if (ended.kind === "swipe") listener.swipe(at(event).x, true);
    else if (!ended.moved) listener.pin(at(event));
    else if (ended.kind === "rectangle") listener.rectangle(ended.from, at(event), true);
  };
  view.addEventListener("pointerup", (event) => end(event, false));
  view.addEventListener("pointercancel", (event) => end(event, true));

  /* A wheel alone scrolls the page, as everywhere; pinching a touchpad arrives with Ctrl. */
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && tool() !== "move") return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? 400 : 1;
    listener.zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) / 300), at(event));
  }, { passive: false });
}
