// A deck on the whole screen. All slides are here already; the address tells which one is shown, so that a link restores it.
const PARAMETER = "bild";
const cleanups = new WeakMap();

const FORTH = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
const SWITCHES = { n: "notes", t: "table", q: "code" };
//: How far a finger moves to turn a slide, in pixels.
const SWIPE = 60;
//: How small words may become where a slide has many, as a share of their usual size.
const SMALLEST = 0.74;

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".hp-deck");
  cleanups.get(root)?.();
  const [html] = data;
  if (root.dataset.shown !== String(html.length) || !root.firstChild) {
    root.innerHTML = html;
    root.dataset.shown = String(html.length);
  }
  const slides = [...root.querySelectorAll(".hp-slide")];
  const steps = [...root.querySelectorAll(".hp-progress i")];
  const menu = root.querySelector(".hp-menu");
  const find = (name) => root.querySelector(`[data-do="${name}"]`);
  let now = 0;
  let timer = null;

  function fromAddress() {
    const wanted = new URLSearchParams(location.search).get(PARAMETER);
    const named = slides.findIndex((slide) => slide.dataset.key === wanted);
    const number = named >= 0 ? named : Number.parseInt(wanted ?? "1", 10) - 1;
    return Math.min(Math.max(Number.isNaN(number) ? 0 : number, 0), slides.length - 1);
  }

  function toAddress() {
    const address = new URL(location.href);
    if (now === 0) address.searchParams.delete(PARAMETER);
    else address.searchParams.set(PARAMETER, String(now + 1));
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  function fit() {
    // A slide with many words has smaller ones, rather than some that cannot be seen.
    const slide = slides[now];
    for (let share = 1; share >= SMALLEST; share -= 0.04) {
      slide.style.setProperty("--fit", share.toFixed(2));
      const parts = [slide, slide.querySelector(".hp-words"), slide.querySelector(".hp-drawn")];
      if (parts.every((part) => !part || part.scrollHeight <= part.clientHeight + 1)) break;
    }
  }

  function show(wanted, { said = true } = {}) {
    now = Math.min(Math.max(wanted, 0), slides.length - 1);
    slides.forEach((slide, place) => { slide.hidden = place !== now; });
    steps.forEach((step, place) => step.classList.toggle("hp-past", place <= now));
    root.querySelector(".hp-place").textContent = slides[now].dataset.place;
    find("back").disabled = now === 0;
    find("next").disabled = now === slides.length - 1;
    const table = find("table");
    table.disabled = slides[now].querySelector(".hp-as-table") === null;
    fit();
    toAddress();
    if (said) {
      const title = slides[now].querySelector("h2").textContent;
      root.querySelector("[data-said]").textContent = `${slides[now].dataset.place}. ${title}`;
    }
  }

  function turn(name, wanted) {
    const on = wanted ?? !root.classList.contains(`hp-show-${name}`);
    root.classList.toggle(`hp-show-${name}`, on);
    find(name)?.setAttribute("aria-pressed", String(on));
    fit();
  }

  function open(wanted) {
    menu.hidden = !wanted;
    find("menu").setAttribute("aria-expanded", String(wanted));
    if (wanted) menu.querySelector("button").focus();
  }

  function auto(wanted) {
    clearInterval(timer);
    timer = null;
    find("auto").setAttribute("aria-pressed", String(wanted));
    root.classList.toggle("hp-turning", wanted);
    if (!wanted) return;
    timer = setInterval(() => {
      if (now === slides.length - 1) auto(false);
      else show(now + 1);
    }, 1000 * Number(root.querySelector("[data-seconds]").value));
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {});
  }

  const does = {
    next: () => show(now + 1),
    back: () => show(now - 1),
    menu: () => open(menu.hidden),
    notes: () => turn("notes"),
    table: () => turn("table"),
    code: () => find("code") && turn("code"),
    auto: () => auto(timer === null),
    full,
    close: () => {
      auto(false);
      if (document.fullscreenElement) document.exitFullscreen();
      setTriggerValue("close", true);
    },
  };

  function onKey(event) {
    if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const within = target instanceof Element && root.contains(target);
    if (within && target.matches("select")) return;
    // Space and Enter press the button that has the focus, as everywhere.
    if (within && target.matches("button") && [" ", "Enter"].includes(event.key)) return;
    if (timer !== null) auto(false);
    const last = slides.length - 1;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let known = true;
    if (key === " " && event.shiftKey) show(now - 1);
    else if (FORTH.includes(key)) show(now + 1);
    else if (BACK.includes(key)) show(now - 1);
    else if (key === "Home") show(0);
    else if (key === "End") show(last);
    else if (key === "f") full();
    else if (key in SWITCHES) does[SWITCHES[key]]();
    else if (key === "Escape" && !menu.hidden) { open(false); find("menu").focus(); }
    else if (key === "Escape") does.close();
    else known = false;
    if (known) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function onClick(event) {
    if (!root.contains(event.target)) return;
    const button = event.target.closest("[data-do]");
    if (button && root.contains(button)) {
      const name = button.dataset.do;
      if (timer !== null && name !== "auto") auto(false);
      does[name]();
    } else if (!menu.hidden && !menu.contains(event.target)) {
      open(false);
    }
  }

  let from = null;
  const onDown = (event) => {
    from = event.pointerType === "touch" && root.contains(event.target) ? event.clientX : null;
  };
  const onUp = (event) => {
    if (from === null || event.target.closest("button, select, .hp-as-table")) return;
    const moved = event.clientX - from;
    from = null;
    if (Math.abs(moved) >= SWIPE) show(now + (moved < 0 ? 1 : -1));
  };
  const onAddress = () => root.isConnected && show(fromAddress());

  // Without the network the framework opens a dialog and shuts off all that lies around it. The deck needs no network:
  // it lies above that dialog, and stays in use. The dialog stops events on their way down the document, so that they
  // are taken at the window.
  const around = [];
  for (let one = root; one; one = one.parentElement) around.push(one);
  const kept = ["inert", "aria-hidden"];
  const free = () => around.forEach((one) => kept.forEach((name) => one.removeAttribute(name)));
  const watch = new MutationObserver(free);
  around.forEach((one) => watch.observe(one, { attributes: true, attributeFilter: kept }));

  window.addEventListener("keydown", onKey, true);
  window.addEventListener("resize", fit);
  window.addEventListener("popstate", onAddress);
  window.addEventListener("click", onClick, true);
  window.addEventListener("pointerdown", onDown, true);
  window.addEventListener("pointerup", onUp, true);
  const cleanup = () => {
    clearInterval(timer);
    watch.disconnect();
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("resize", fit);
    window.removeEventListener("popstate", onAddress);
    window.removeEventListener("click", onClick, true);
    window.removeEventListener("pointerdown", onDown, true);
    window.removeEventListener("pointerup", onUp, true);
  };
  cleanups.set(root, cleanup);
  show(fromAddress(), { said: false });
  if (!root.contains(document.activeElement)) root.focus({ preventScroll: true });
  document.fonts?.ready.then(() => root.isConnected && fit());
  return cleanup;
}
