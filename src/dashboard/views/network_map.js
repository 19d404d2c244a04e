// The network map: areas, cells, edges coloured by walking distance, lines and points, on two canvases. Drag, pinch,
// buttons and keys move it; the wheel zooms with Ctrl alone, so that the page still scrolls over it.
const STEP = 60;
const ZOOM = 1.5;
const FINEST = 4;
const STILL = 4;
const maps = new WeakMap();
// Where a visitor has moved each map to, by its key: kept while the page is laid out anew.
const views = new Map();

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function createMap(root) {
  const ground = element("canvas", { ariaHidden: "true" });
  const marks = element("canvas", { ariaHidden: "true" });
  const picture = element("div", { className: "hs-map-picture", tabIndex: 0, role: "img" }, [ground, marks]);
  const tip = element("div", { className: "hs-map-tip", hidden: true, ariaHidden: "true" });
  const note = element("p", { className: "hs-map-note", hidden: true, role: "status" });
  const map = { root, ground, marks, picture, tip, note, view: null, data: null, files: null, stale: {}, run: 0 };
  map.fingers = new Map();
  map.buttons = ["+", "\u2212", "\u21ba"].map((sign) => element("button", { type: "button", textContent: sign }));
  const actions = [() => zoomBy(map, ZOOM), () => zoomBy(map, 1 / ZOOM), () => showAll(map)];
  map.buttons.forEach((button, i) => (button.onclick = actions[i]));
  root.replaceChildren(picture, element("div", { className: "hs-map-buttons" }, map.buttons), tip, note);
  listen(map, actions);
  return map;
}

function listen(map, actions) {
  const { picture } = map;
  picture.addEventListener("pointerdown", (event) => press(map, event));
  picture.addEventListener("pointermove", (event) => (map.fingers.has(event.pointerId) ? drag : point)(map, event));
  picture.addEventListener("pointerup", (event) => release(map, event));
  picture.addEventListener("pointercancel", (event) => map.fingers.delete(event.pointerId));
  picture.addEventListener("pointerleave", () => (map.tip.hidden = true));
  picture.addEventListener("keydown", (event) => pressKey(map, event, actions));
  picture.addEventListener("wheel", (event) => turnWheel(map, event), { passive: false });
  for (const change of ["focus", "blur"]) picture.addEventListener(change, () => repaint(map, false));
  new ResizeObserver(() => resize(map)).observe(picture);
  // Names were measured in another font until ours had come.
  document.fonts.ready.then(() => repaint(map, map.data?.ground.areas.length > 0));
}

function update(map, data, sendClick) {
  const old = map.data;
  const changed = (part) => JSON.stringify(old?.[part]) !== JSON.stringify(data[part]);
  map.sendClick = sendClick;
  if (old !== null && !Object.keys(data).some(changed)) return;
  const [newGround, newExtent] = [changed("ground") || changed("extent") || changed("look"), changed("extent")];
  map.data = { ...data, origin: data.extent.slice(0, 2) };
  map.picture.style.height = `${data.height}px`;
  map.picture.ariaLabel = data.texts.summary;
  map.picture.ariaDescription = data.texts.keys;
  map.picture.classList.toggle("hs-map-choosable", data.choosable);
  map.buttons.forEach((button, i) => (button.title = button.ariaLabel = data.texts.buttons[i]));
  if (old === null || newExtent || changed("height")) measure(map, newExtent);
  if (newGround) load(map);
  else repaint(map, false);
}

// Fetches what the ground needs; until it is there, the map stays as it was.
async function load(map) {
  const run = ++map.run;
  const { ground, origin, texts } = map.data;
  map.root.dataset.painted = "false";
  const [areas, network] = await Promise.allSettled([
    ground.areasUrl ? fetchOnce(ground.areasUrl, decodeAreas) : [],
    ground.networkUrl ? fetchOnce(ground.networkUrl, decodeNetwork) : null,
  ]);
  if (run !== map.run) return;
  const pieces = network.status === "fulfilled" ? cutAll(network.value, ground, origin) : null;
  map.note.hidden = pieces !== null && areas.status === "fulfilled";
  map.note.textContent = map.note.hidden ? "" : texts.notLoaded;
  const drawn = areas.status === "fulfilled" ? areas.value : [];
  const paths = drawn.map((area) => ({ code: area.code, path: areaPath(area, origin) }));
  map.files = { areas: paths, pieces: pieces ?? [], edges: network.value?.edges ?? 0 };
  repaint(map, true);
}

// Null when the distances belong to another network than the file that was fetched.
function cutAll(network, { distances, breaks, closed, spurs }, origin) {
  const known = distances && decodeDistances(distances);
  if (network && known && known.length !== network.nodes) return null;
  const pieces = network ? [{ classes: cutNetwork(network, known, breaks, closed), origin: network.origin }] : [];
  return spurs.length ? [...pieces, { classes: cutSpurs(spurs, origin, breaks), origin }] : pieces;
}

function measure(map, anew) {
  const { key, extent, height } = map.data;
  const [width, name] = [map.picture.clientWidth, `${key} ${extent}`];
  const kept = views.get(name);
  map.view = { ...(anew || !map.view ? kept : map.view), width, height };
  if (!map.view.moved) fit(map);
}

function fit(map) {
  const [west, south, east, north] = map.data.extent;
  const { width, height } = map.view;
  const scale = Math.min(width / (east - west), height / (north - south));
  map.view = { width, height, x: (west + east) / 2, y: (south + north) / 2, scale, moved: false };
}

function resize(map) {
  if (!map.data || map.picture.clientWidth === map.view.width) return;
  measure(map, false);
  repaint(map, true);
}

function repaint(map, ground) {
  if (!map.data || !map.files || !map.view.width) return;
  map.stale = { ground: map.stale.ground || ground, marks: true };
  map.frame ??= requestAnimationFrame(() => paint(map));
}

function paint(map) {
  const { data, view, stale, root } = map;
  map.frame = null;
  if (stale.ground) root.dataset.edges = drawGround(map.ground, view, map.files, data);
  drawMarks(map.marks, view, data, data.choosable && map.picture.matches(":focus-visible"));
  map.stale = {};
  Object.assign(root.dataset, { painted: "true", scale: view.scale, x: view.x, y: view.y });
}

function moveTo(map, x, y, scale) {
  const [west, south, east, north] = map.data.extent;
  const { width, height } = map.view;
  const coarsest = Math.min(width / (east - west), height / (north - south)) / 2;
  map.view.scale = Math.min(FINEST, Math.max(coarsest, scale));
  map.view.x = Math.min(east, Math.max(west, x));
  map.view.y = Math.min(north, Math.max(south, y));
  map.view.moved = true;
  views.set(`${map.data.key} ${map.data.extent}`, { ...map.view });
  map.tip.hidden = true;
  repaint(map, true);
}

function zoomBy(map, factor, left = map.view.width / 2, top = map.view.height / 2) {
  const [x, y] = toGround(map.view, left, top);
  const scale = Math.min(FINEST, map.view.scale * factor);
  moveTo(map, x - (left - map.view.width / 2) / scale, y + (top - map.view.height / 2) / scale, scale);
}

function showAll(map) {
  views.delete(`${map.data.key} ${map.data.extent}`);
  fit(map);
  repaint(map, true);
}

function spotOf(map, event) {
  const box = map.picture.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function press(map, event) {
  if (event.button !== 0) return;
  map.picture.setPointerCapture(event.pointerId);
  map.fingers.set(event.pointerId, spotOf(map, event));
  map.dragged = map.fingers.size > 1;
  map.pressed = spotOf(map, event);
}

function drag(map, event) {
  const [before, now] = [map.fingers.get(event.pointerId), spotOf(map, event)];
  if (!map.dragged && Math.hypot(now[0] - map.pressed[0], now[1] - map.pressed[1]) < STILL) return;
  map.dragged = true;
  map.fingers.set(event.pointerId, now);
  const other = [...map.fingers].find(([id]) => id !== event.pointerId)?.[1];
  const apart = (spot) => Math.max(1, Math.hypot(spot[0] - other[0], spot[1] - other[1]));
  if (other) zoomBy(map, apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  const share = other ? 2 : 1;
  const { x, y, scale } = map.view;
  moveTo(map, x - (now[0] - before[0]) / share / scale, y + (now[1] - before[1]) / share / scale, scale);
}

function release(map, event) {
  if (!map.fingers.delete(event.pointerId)) return;
  if (!map.dragged && map.fingers.size === 0) choose(map, ...spotOf(map, event));
}

function choose(map, left, top) {
  if (!map.data.choosable) return;
  const [x, y] = toGround(map.view, left, top);
  map.sendClick({ x, y, point: pointAt(map, left, top)?.id ?? null, area: areaAt(map, left, top)?.code ?? null });
}

function pressKey(map, event, [zoomIn, zoomOut, reset]) {
  const { x, y, scale, width, height } = map.view;
  const actions = {
    ArrowLeft: () => moveTo(map, x - STEP / scale, y, scale),
    ArrowRight: () => moveTo(map, x + STEP / scale, y, scale),
    ArrowUp: () => moveTo(map, x, y + STEP / scale, scale),
    ArrowDown: () => moveTo(map, x, y - STEP / scale, scale),
    "+": zoomIn, "=": zoomIn, "-": zoomOut, 0: reset,
    Enter: () => choose(map, width / 2, height / 2),
    Escape: () => (map.tip.hidden = true),
  };
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
  event.preventDefault();
  actions[event.key]();
}

function turnWheel(map, event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoomBy(map, Math.exp(-event.deltaY / 300), ...spotOf(map, event));
}

function nearest(candidates, distance, most) {
  const near = candidates.map((one) => [distance(one), one]).filter(([metres]) => metres <= most);
  return near.sort(([one], [other]) => one - other)[0]?.[1];
}

function pointAt({ view, data }, left, top) {
  const away = ({ x, y }) => Math.hypot(toScreen(view, x, y)[0] - left, toScreen(view, x, y)[1] - top);
  return nearest(data.marks.points, away, HIT);
}

function lineAt({ view, data }, left, top) {
  const away = ({ points }) =>
    Math.min(...points.slice(1).map((end, i) => awayFromPiece(view, points[i], end, left, top)));
  return nearest(data.marks.lines, away, HIT / 2);
}

function awayFromPiece(view, from, to, left, top) {
  const [[ax, ay], [bx, by]] = [toScreen(view, ...from), toScreen(view, ...to)];
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = square ? Math.min(1, Math.max(0, ((left - ax) * (bx - ax) + (top - ay) * (by - ay)) / square)) : 0;
  return Math.hypot(ax + (bx - ax) * share - left, ay + (by - ay) * share - top);
}

function cellAt({ view, data }, left, top) {
  const [x, y] = toGround(view, left, top);
  return data.ground.cells.find((cell) => Math.max(Math.abs(cell.x - x), Math.abs(cell.y - y)) <= cell.size / 2);
}

function areaAt({ view, data, files, ground }, left, top) {
  const [x, y] = toGround(view, left, top);
  const context = ground.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  const at = [x - data.origin[0], y - data.origin[1]];
  return files?.areas.find(({ path }) => context.isPointInPath(path, ...at, "evenodd"));
}

// Says in words what the pointer is at; a table beside the map says the same to everybody.
function point(map, event) {
  const [left, top] = spotOf(map, event);
  const area = areaAt(map, left, top)?.code;
  const found = pointAt(map, left, top) ?? lineAt(map, left, top) ?? cellAt(map, left, top);
  const text = (found ?? map.data?.ground.areas.find(({ code }) => code === area))?.label;
  map.tip.hidden = !text;
  map.tip.textContent = text ?? "";
  const room = map.picture.clientWidth - map.tip.offsetWidth - 4;
  map.tip.style.left = `${Math.max(4, Math.min(left + 14, room))}px`;
  map.tip.style.top = `${top > map.data.height / 2 ? top - map.tip.offsetHeight - 10 : top + 18}px`;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".hs-map");
  if (!maps.has(root)) maps.set(root, createMap(root));
  update(maps.get(root), data[0], (click) => setTriggerValue("click", click));
}
