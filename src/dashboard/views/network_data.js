// Reads the static files of the network map once, and cuts the edges where the walking distance crosses a threshold.
// What is decoded here is written by warehouse/screen_network.py (network) and views/network_map.py (distances).
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const files = new Map();

function fetchOnce(url, decode) {
  if (!files.has(url)) {
    const promise = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    });
    // What could not be fetched is asked for again the next time.
    const decoded = promise.then(decode).catch((error) => {
      files.delete(url);
      throw error;
    });
    files.set(url, decoded);
  }
  return files.get(url);
}

function runningSum(differences) {
  const sums = new Int32Array(differences.length);
  let sum = 0;
  for (let i = 0; i < sums.length; i++) sums[i] = sum += differences[i];
  return sums;
}

// Edges as polylines in metres from the origin: edge e has the points start[e] … start[e + 1] - 1.
function decodeNetwork(file) {
  const [x, y, a] = [runningSum(file.x), runningSum(file.y), runningSum(file.a)];
  const b = a.map((end, edge) => end + file.b[edge]);
  const bent = runningSum(file.bent);
  const size = 2 * a.length + file.dx.length;
  const network = {
    origin: file.origin, nodes: x.length, edges: a.length, a, b,
    length: Float32Array.from(file.length, (decimetres) => decimetres / 10),
    start: new Uint32Array(a.length + 1),
    x: new Float32Array(size), y: new Float32Array(size), share: new Float32Array(size),
  };
  let [point, curve, step] = [0, 0, 0];
  for (let edge = 0; edge < a.length; edge++) {
    let [atX, atY] = [x[a[edge]], y[a[edge]]];
    network.start[edge] = point;
    network.x[point] = atX;
    network.y[point++] = atY;
    if (bent[curve] === edge) {
      for (const last = step + file.points[curve++]; step < last; step++) {
        network.x[point] = atX += file.dx[step];
        network.y[point++] = atY += file.dy[step];
      }
    }
    network.x[point] = x[b[edge]];
    network.y[point++] = y[b[edge]];
    measureShares(network, network.start[edge], point);
  }
  network.start[a.length] = point;
  return network;
}

// How far along its line each point is, from 0 to 1.
function measureShares(line, first, end) {
  line.share[first] = 0;
  for (let i = first + 1; i < end; i++) {
    line.share[i] = line.share[i - 1] + Math.hypot(line.x[i] - line.x[i - 1], line.y[i] - line.y[i - 1]);
  }
  const whole = line.share[end - 1];
  for (let i = first + 1; i < end; i++) line.share[i] = whole ? line.share[i] / whole : 1;
}

// Two digits a node, 4 095 for what lies beyond the last threshold or is not reached.
function decodeDistances({ text, step }) {
  const value = Object.fromEntries([...DIGITS].map((digit, index) => [digit, index]));
  return Float32Array.from({ length: text.length / 2 }, (_, node) => {
    const code = 64 * value[text[2 * node]] + value[text[2 * node + 1]];
    return code === 4095 ? Infinity : code * step;
  });
}

// Pieces of lines of one class, as points one after the other; piece p has the points start[p] … start[p + 1] - 1.
function emptyPieces() {
  return { x: [], y: [], start: [0], edge: [] };
}

function addPiece(pieces, line, first, end, from, to, edge) {
  const { x, y, share } = line;
  const addAt = (wanted) => {
    let i = first + 1;
    while (i < end - 1 && share[i] < wanted) i++;
    const part = share[i] > share[i - 1] ? (wanted - share[i - 1]) / (share[i] - share[i - 1]) : 0;
    pieces.x.push(x[i - 1] + (x[i] - x[i - 1]) * part);
    pieces.y.push(y[i - 1] + (y[i] - y[i - 1]) * part);
  };
  addAt(from);
  for (let i = first + 1; i < end - 1; i++) {
    if (share[i] <= from || share[i] >= to) continue;
    pieces.x.push(x[i]);
    pieces.y.push(y[i]);
  }
  addAt(to);
  pieces.start.push(pieces.x.length);
  pieces.edge.push(edge);
}

// Cuts the first `reach` metres from one end, which is `distance` away, into [class, from, to]: metres from that end.
function cutFromEnd(distance, reach, breaks) {
  const found = [];
  let at = 0;
  for (let index = 0; index <= breaks.length && at < reach; index++) {
    const until = index < breaks.length ? Math.min(reach, breaks[index] - distance) : reach;
    if (until <= at) continue;
    found.push([index, at, until]);
    at = until;
  }
  return found;
}

// At a spot t metres along an edge of length L between ends da and db away, the distance is min(da + t, db + L - t).
function cutEdge(da, db, length, breaks) {
  if (da === Infinity && db === Infinity) return [[breaks.length, 0, length]];
  const middle = db === Infinity ? length : da === Infinity ? 0 : (length + db - da) / 2;
  const meeting = Math.min(length, Math.max(0, middle));
  const parts = cutFromEnd(da, meeting, breaks);
  const others = cutFromEnd(db, length - meeting, breaks).reverse();
  for (const [index, from, to] of others) {
    const last = parts.at(-1);
    if (last && last[0] === index) last[2] = length - from;
    else parts.push([index, length - to, length - from]);
  }
  return parts;
}

function cutNetwork(network, distances, breaks, closed) {
  const classes = Array.from({ length: breaks.length + 1 }, emptyPieces);
  const shut = new Set(closed);
  for (let edge = 0; edge < network.edges; edge++) {
    const [first, end, length] = [network.start[edge], network.start[edge + 1], network.length[edge]];
    if (shut.has(edge)) continue;
    if (distances === null || length === 0) {
      addPiece(classes[breaks.length], network, first, end, 0, 1, edge);
      continue;
    }
    const parts = cutEdge(distances[network.a[edge]], distances[network.b[edge]], length, breaks);
    for (const [index, from, to] of parts) {
      addPiece(classes[index], network, first, end, from / length, to / length, edge);
    }
  }
  return classes.map(packPieces);
}

// Short pieces that the network does not have: from where the place meets an edge to the ends of that edge.
function cutSpurs(spurs, origin, breaks) {
  const classes = Array.from({ length: breaks.length + 1 }, emptyPieces);
  for (const { points, start, end, length } of spurs) {
    const line = { x: points.map(([x]) => x - origin[0]), y: points.map(([, y]) => y - origin[1]), share: [] };
    measureShares(line, 0, points.length);
    if (!length) continue;
    const parts = cutEdge(start ?? Infinity, end ?? Infinity, length, breaks);
    for (const [index, from, to] of parts) {
      addPiece(classes[index], line, 0, points.length, from / length, to / length, -1);
    }
  }
  return classes.map(packPieces);
}

// Typed arrays are quicker to draw from. The box of each piece tells whether it can be seen, its bend (how many metres
// it lies beside the straight line between its ends at most) whether it can be drawn straight.
function packPieces({ x, y, start, edge }) {
  const [box, bend] = [new Float32Array(4 * edge.length), new Float32Array(edge.length)];
  for (let piece = 0; piece < edge.length; piece++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = start[piece]; i < start[piece + 1]; i++) {
      [west, east] = [Math.min(west, x[i]), Math.max(east, x[i])];
      [south, north] = [Math.min(south, y[i]), Math.max(north, y[i])];
    }
    box.set([west, south, east, north], 4 * piece);
    bend[piece] = bendOf(x, y, start[piece], start[piece + 1] - 1);
  }
  const points = { x: Float32Array.from(x), y: Float32Array.from(y) };
  return { ...points, start: Uint32Array.from(start), edge: Int32Array.from(edge), box, bend };
}

function bendOf(x, y, first, last) {
  const [wide, high] = [x[last] - x[first], y[last] - y[first]];
  const long = Math.hypot(wide, high);
  let most = 0;
  for (let i = first + 1; i < last; i++) {
    const [dx, dy] = [x[i] - x[first], y[i] - y[first]];
    most = Math.max(most, long ? Math.abs(wide * dy - high * dx) / long : 0, long ? 0 : Math.hypot(dx, dy));
  }
  return most;
}

// Boundaries as paths in metres from the corner of the map's extent, which keeps the numbers small and exact.
function decodeAreas(file) {
  return file.features.map(({ properties, geometry }) => ({ code: properties.code, polygons: polygonsOf(geometry) }));
}

function polygonsOf({ type, coordinates }) {
  return type === "MultiPolygon" ? coordinates : [coordinates];
}

function areaPath({ polygons }, origin) {
  const path = new Path2D();
  for (const ring of polygons.flat()) {
    ring.forEach(([x, y], i) => path[i ? "lineTo" : "moveTo"](x - origin[0], y - origin[1]));
    path.closePath();
  }
  return path;
}
