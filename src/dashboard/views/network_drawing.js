// Draws the network map. The ground (areas, cells, edges) and the marks (lines, points, scale) have a canvas each.
const MOST_PIECES_A_STROKE = 200;
const HALO = 3.5;
const HIT = 12;

function toScreen(view, x, y) {
  return [view.width / 2 + (x - view.x) * view.scale, view.height / 2 - (y - view.y) * view.scale];
}

function toGround(view, left, top) {
  return [view.x + (left - view.width / 2) / view.scale, view.y - (top - view.height / 2) / view.scale];
}

function prepare(canvas, view) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  context.lineJoin = "round";
  return context;
}

// The pen takes widths in pixels whatever the scale of what it draws.
function setPen(context, { color, width, dash }, scale = 1) {
  context.strokeStyle = color;
  context.lineWidth = width / scale;
  context.setLineDash(dash.map((part) => part / scale));
}

// Thinner when the whole city is in view, thicker when a street is.
function widthFactor(view) {
  return Math.min(1.5, Math.max(0.5, Math.sqrt(view.scale / 0.1)));
}

// Many short strokes are drawn quicker in parts than as one long path. Marks in `drawn` which edges can be seen.
function strokePieces(context, view, pieces, origin, stroke, drawn) {
  const { x, y, start, edge, box, bend } = pieces;
  const { scale } = view;
  const left = view.width / 2 + (origin[0] - view.x) * scale;
  const top = view.height / 2 - (origin[1] - view.y) * scale;
  const [west, south] = [-left / scale, (top - view.height) / scale];
  const [east, north] = [west + view.width / scale, south + view.height / scale];
  setPen(context, stroke);
  context.beginPath();
  let seen = 0;
  for (let piece = 0; piece < edge.length; piece++) {
    const b = 4 * piece;
    if (box[b] > east || box[b + 2] < west || box[b + 1] > north || box[b + 3] < south) continue;
    if (edge[piece] >= 0) drawn[edge[piece]] = 1;
    const last = start[piece + 1] - 1;
    let [atX, atY] = [left + x[start[piece]] * scale, top - y[start[piece]] * scale];
    context.moveTo(atX, atY);
    // Bends below a pixel cannot be seen.
    for (let i = bend[piece] * scale < 1 ? last : start[piece] + 1; i <= last; i++) {
      const [nextX, nextY] = [left + x[i] * scale, top - y[i] * scale];
      if (i < last && Math.abs(nextX - atX) + Math.abs(nextY - atY) < 1) continue;
      context.lineTo(nextX, nextY);
      [atX, atY] = [nextX, nextY];
    }
    if (++seen % MOST_PIECES_A_STROKE === 0) {
      context.stroke();
      context.beginPath();
    }
  }
  context.stroke();
}

function drawAreas(context, view, areas, data) {
  const { look, ground } = data;
  const states = new Map(ground.areas.map((area) => [area.code, area]));
  context.save();
  const [left, top] = toScreen(view, ...data.origin);
  context.transform(view.scale, 0, 0, -view.scale, left, top);
  for (const { code, path } of areas) {
    const state = states.get(code);
    if (!state) continue;
    context.globalAlpha = state.dimmed ? 0.2 : 1;
    context.fillStyle = look.fills[state.index] ?? look.missing;
    context.fill(path, "evenodd");
  }
  context.globalAlpha = 1;
  const outline = (stroke, wanted = () => true) => {
    setPen(context, stroke, view.scale);
    for (const { code, path } of areas) if (wanted(states.get(code))) context.stroke(path);
  };
  look.outlines.forEach((stroke) => outline(stroke));
  look.chosen.forEach((stroke) => outline(stroke, (state) => state?.selected));
  context.restore();
  for (const { mark, x, y } of ground.areas) {
    if (mark && x !== null) drawText(context, look, mark, toScreen(view, x, y), "center", 11);
  }
}

function drawCells(context, view, { cells }, { cellColors, cellShares, cellBorder }) {
  for (const { x, y, size, index } of cells) {
    const side = size * view.scale * cellShares[index];
    const [left, top] = toScreen(view, x, y);
    context.fillStyle = cellColors[index];
    context.fillRect(left - side / 2, top - side / 2, side, side);
    setPen(context, cellBorder);
    context.strokeRect(left - side / 2, top - side / 2, side, side);
  }
}

// Gives the number of edges that can be seen.
function drawGround(canvas, view, files, data) {
  const context = prepare(canvas, view);
  context.fillStyle = data.look.surface;
  context.fillRect(0, 0, view.width, view.height);
  drawAreas(context, view, files.areas, data);
  drawCells(context, view, data.ground, data.look);
  const factor = widthFactor(view);
  context.lineJoin = "bevel";
  const strokes = [...data.look.walks, data.look.unreached];
  const drawn = new Uint8Array(files.edges);
  // The farthest first: what is near lies on top, and the pieces beside the place above the edge that they part.
  for (let index = strokes.length - 1; index >= 0; index--) {
    const width = strokes[index].width * factor;
    // Up to a pixel wide a line takes a third of the time, and what is not reached can be most of the network.
    const stroke = { ...strokes[index], width: index < data.look.walks.length ? width : Math.min(1, width) };
    // Round ends join wide lines where they meet; at narrow ones they cannot be seen, and cost time.
    context.lineCap = stroke.width > 2.5 ? "round" : "butt";
    for (const { classes, origin } of files.pieces) strokePieces(context, view, classes[index], origin, stroke, drawn);
  }
  context.lineCap = "butt";
  return drawn.reduce((sum, one) => sum + one, 0);
}

function drawLine(context, view, { points }, strokes) {
  context.beginPath();
  points.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](...toScreen(view, x, y)));
  for (const stroke of strokes) {
    setPen(context, stroke);
    context.stroke();
  }
}

function drawShape(context, [left, top], shape, casing) {
  const path = new Path2D(shape.path);
  context.save();
  context.translate(left, top);
  setPen(context, { color: casing, width: shape.width + HALO, dash: [] });
  context.stroke(path);
  if (shape.fill !== "none") {
    context.fillStyle = shape.fill;
    context.fill(path);
  }
  setPen(context, { color: shape.stroke, width: shape.width, dash: shape.dash });
  context.stroke(path);
  context.restore();
}

function drawText(context, look, text, [left, top], align, size, weight = 500) {
  context.font = `${weight} ${size}px ${look.font}`;
  Object.assign(context, { textAlign: align, textBaseline: "middle" });
  setPen(context, { color: look.background, width: HALO, dash: [] });
  context.strokeText(text, left, top);
  context.fillStyle = look.ink;
  context.fillText(text, left, top);
}

// A name stands on the side that was asked for, on another one where it would meet another name or the frame, or
// nowhere: then it is read when pointing at the point, and in the table.
function placeNames(context, view, points, look) {
  const spots = points.map(({ x, y }) => toScreen(view, x, y));
  const taken = spots.map(([left, top]) => [left - 7, top - 7, left + 7, top + 7]);
  const leaves = ([l, t, r, b]) => l < 2 || t < 0 || r > view.width - 2 || b > view.height;
  const meets = ([l, t, r, b]) => taken.some((box) => l < box[2] && r > box[0] && t < box[3] && b > box[1]);
  for (const { x, y, name, side } of points) {
    if (!name) continue;
    context.font = `700 13px ${look.font}`;
    const width = context.measureText(name).width;
    const [left, top] = toScreen(view, x, y);
    const beside = [left + 14, left - 14 - width].map((start) => [start, top - 8, start + width, top + 8]);
    const above = [top - 28, top + 12].map((start) => [left - width / 2, start, left + width / 2, start + 16]);
    const wanted = [...(side === "left" ? beside.reverse() : beside), ...above];
    const free = wanted.find((box) => !leaves(box) && !meets(box));
    if (!free) continue;
    taken.push(free);
    drawText(context, look, name, [free[0], free[1] + 8], "left", 13, 700);
  }
}

// The longest of 1, 2 or 5 times a power of ten metres that stays short on the screen; north is up.
function scaleLength(view) {
  const most = Math.min(140, view.width / 3) / view.scale;
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((times) => times * power).find((metres) => metres <= most);
}

function drawScale(context, view, look) {
  const metres = scaleLength(view);
  const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  const [left, bottom, length] = [12, view.height - 12, metres * view.scale];
  for (const stroke of [{ color: look.background, width: 6, dash: [] }, { color: look.ink, width: 2, dash: [] }]) {
    setPen(context, stroke);
    context.beginPath();
    context.moveTo(left, bottom - 6);
    context.lineTo(left, bottom);
    context.lineTo(left + length, bottom);
    context.lineTo(left + length, bottom - 6);
    context.stroke();
  }
  drawText(context, look, text, [left + length / 2, bottom - 13], "center", 12);
}

function drawCross(context, view, look) {
  const [x, y] = [view.width / 2, view.height / 2];
  for (const stroke of [{ color: look.background, width: 5, dash: [] }, { color: look.ink, width: 2, dash: [] }]) {
    setPen(context, stroke);
    context.beginPath();
    context.moveTo(x - 12, y);
    context.lineTo(x + 12, y);
    context.moveTo(x, y - 12);
    context.lineTo(x, y + 12);
    context.stroke();
  }
}

function drawMarks(canvas, view, data, withCross) {
  const context = prepare(canvas, view);
  const { look, marks } = data;
  for (const line of marks.lines) drawLine(context, view, line, look.lines[line.style]);
  for (const { x, y, kind } of marks.points) {
    drawShape(context, toScreen(view, x, y), look.points[kind], look.background);
  }
  // The place that was chosen is named before the others.
  const byRank = [...marks.points].sort((one, other) => (other.kind === "chosen") - (one.kind === "chosen"));
  placeNames(context, view, byRank, look);
  drawScale(context, view, look);
  if (withCross) drawCross(context, view, look);
}
