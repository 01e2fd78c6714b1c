package org.compnn.browser;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page in the browser, with a mouse and a keyboard. Places on it are given as an element and a
 * point of it, in fractions of its width and height.
 */
public final class Tab implements AutoCloseable {
  /** Of {@link #drag} and {@link #wheel}: no key is held, or one. */
  public static final int NONE = 0;

  public static final int CONTROL = 2;
  public static final int SHIFT = 8;

  private static final int WAIT_SECONDS = 60;
  private static final int STEPS = 6;
  private static final Map<String, Integer> CODES =
      Map.of(
          "Tab",
          9,
          "Enter",
          13,
          "Escape",
          27,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40);

  private final DevTools tools;

  private record Point(double x, double y) {}

  Tab(DevTools tools) {
    this.tools = tools;
    for (String domain : List.of("Page", "Runtime", "Log", "DOM")) {
      tools.send(domain + ".enable", DevTools.parameters());
    }
  }

  /** Opens an address. */
  public void go(String address) {
    tools.send("Page.navigate", DevTools.parameters().put("url", address));
  }

  /** Loads the same address again. */
  public void reload() {
    tools.send("Page.reload", DevTools.parameters());
  }

  /** Gives the page another size, in CSS pixels; with fingers in place of a mouse, if asked. */
  public void size(int width, int height, boolean touch) {
    tools.send(
        "Emulation.setDeviceMetricsOverride",
        DevTools.parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", touch));
    tools.send("Emulation.setTouchEmulationEnabled", DevTools.parameters().put("enabled", touch));
  }

  /** Has the page drawn for light or dark surroundings. */
  public void dark(boolean dark) {
    ObjectNode media = DevTools.parameters();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    tools.send("Emulation.setEmulatedMedia", media);
  }

  /** The value of an expression, once it is there if it is promised. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        tools.send(
            "Runtime.evaluate",
            DevTools.parameters()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** The text of an element. */
  public String text(String selector) {
    return evaluate("document.querySelector('" + selector + "').textContent").asString();
  }

  /** Waits until an expression is true. */
  public void waitFor(String expression) {
    int asked = 0;
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        System.nanoTime() < end;
        // Who waits long need not know at once, and asking takes time from what is waited for.
        Chromium.pause(++asked < 10 ? 20 : 100)) {
      if (evaluate("Boolean(" + expression + ")").asBoolean()) {
        return;
      }
    }
    throw new AssertionError(
        "never true: "
            + expression
            + "; the page says "
            + evaluate("document.body.innerText.slice(0, 1500)")
            + "; "
            + complaints());
  }

  /** Waits until what was drawn last is on the screen. */
  public void frame() {
    evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
  }

  private Point at(String selector, double x, double y) {
    JsonNode box =
        evaluate(
            """
            (() => {
              const found = document.querySelector('%s');
              found.scrollIntoView({ block: "nearest", inline: "nearest" });
              const { left, top, width, height } = found.getBoundingClientRect();
              return [left, top, width, height];
            })()\
            """
                .formatted(selector));
    return new Point(
        box.get(0).asDouble() + x * box.get(2).asDouble(),
        box.get(1).asDouble() + y * box.get(3).asDouble());
  }

  private void mouse(String type, Point at, String button, int held, int modifiers) {
    tools.send(
        "Input.dispatchMouseEvent",
        DevTools.parameters()
            .put("type", type)
            .put("x", at.x())
            .put("y", at.y())
            .put("button", button)
            .put("buttons", held)
            .put("clickCount", 1)
            .put("modifiers", modifiers));
  }

  /** Moves the mouse to a point of an element. */
  public void move(String selector, double x, double y) {
    mouse("mouseMoved", at(selector, x, y), "none", 0, NONE);
    frame();
  }

  /** Presses the mouse's left button on the middle of an element. */
  public void click(String selector) {
    click(selector, 0.5, 0.5);
  }

  /** Presses the mouse's left button on a point of an element. */
  public void click(String selector, double x, double y) {
    Point at = at(selector, x, y);
    mouse("mouseMoved", at, "none", 0, NONE);
    mouse("mousePressed", at, "left", 1, NONE);
    mouse("mouseReleased", at, "left", 0, NONE);
    frame();
  }

  /** Drags from one point of an element to another, a key held or not. */
  public void drag(String selector, double x, double y, double toX, double toY, int modifiers) {
    Point from = at(selector, x, y);
    Point to = at(selector, toX, toY);
    mouse("mouseMoved", from, "none", 0, modifiers);
    mouse("mousePressed", from, "left", 1, modifiers);
    for (int i = 1; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      Point on =
          new Point(from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y()));
      mouse("mouseMoved", on, "left", 1, modifiers);
    }
    mouse("mouseReleased", to, "left", 0, modifiers);
    frame();
  }

  /** Turns the wheel over a point of an element, a key held or not. */
  public void wheel(String selector, double x, double y, double down, int modifiers) {
    Point at = at(selector, x, y);
    tools.send(
        "Input.dispatchMouseEvent",
        DevTools.parameters()
            .put("type", "mouseWheel")
            .put("x", at.x())
            .put("y", at.y())
            .put("deltaX", 0)
            .put("deltaY", down)
            .put("modifiers", modifiers));
    frame();
  }

  /** Touches a point of an element. */
  public void tap(String selector, double x, double y) {
    Point at = at(selector, x, y);
    ObjectNode start = DevTools.parameters().put("type", "touchStart");
    start.putArray("touchPoints").addObject().put("x", at.x()).put("y", at.y());
    tools.send("Input.dispatchTouchEvent", start);
    ObjectNode end = DevTools.parameters().put("type", "touchEnd");
    end.putArray("touchPoints");
    tools.send("Input.dispatchTouchEvent", end);
    frame();
  }

  /** Presses a key, named as JavaScript's {@code KeyboardEvent.key} names it. */
  public void press(String key) {
    ObjectNode down =
        DevTools.parameters()
            .put("type", "keyDown")
            .put("key", key)
            .put("windowsVirtualKeyCode", CODES.getOrDefault(key, (int) key.charAt(0)));
    if (key.length() == 1) {
      down.put("text", key);
    }
    tools.send("Input.dispatchKeyEvent", down);
    tools.send(
        "Input.dispatchKeyEvent", DevTools.parameters().put("type", "keyUp").put("key", key));
    frame();
  }

  /** Types a text into what has the focus. */
  public void type(String text) {
    tools.send("Input.insertText", DevTools.parameters().put("text", text));
    frame();
  }

  /** Drops files on a point of an element, as from a window of files. */
  public void drop(String selector, Path... files) {
    Point at = at(selector, 0.5, 0.5);
    // Whether a page takes a drop the browser knows one message after it asked.
    for (String type : List.of("dragEnter", "dragOver", "dragOver", "drop")) {
      frame();
      ObjectNode event = DevTools.parameters().put("type", type).put("x", at.x()).put("y", at.y());
      ObjectNode dragged = event.putObject("data");
      dragged.putArray("items");
      ArrayNode dropped = dragged.putArray("files");
      for (Path file : files) {
        dropped.add(file.toString());
      }
      dragged.put("dragOperationsMask", 1);
      tools.send("Input.dispatchDragEvent", event);
    }
  }

  /** Chooses a file in a file input. */
  public void choose(String selector, Path file) {
    JsonNode root = tools.send("DOM.getDocument", DevTools.parameters()).path("root");
    JsonNode found =
        tools.send(
            "DOM.querySelector",
            DevTools.parameters()
                .put("nodeId", root.path("nodeId").intValue())
                .put("selector", selector));
    ObjectNode set = DevTools.parameters().put("nodeId", found.path("nodeId").intValue());
    set.putArray("files").add(file.toString());
    tools.send("DOM.setFileInputFiles", set);
    frame();
  }

  /** What is on the screen, as a PNG file. */
  public byte[] picture() {
    JsonNode shot =
        tools.send("Page.captureScreenshot", DevTools.parameters().put("format", "png"));
    return Base64.getDecoder().decode(shot.path("data").asString());
  }

  /** Uncaught exceptions and breaches of the page's policy so far. */
  public List<String> complaints() {
    return tools.complaints();
  }

  @Override
  public void close() {
    tools.close();
  }
}
