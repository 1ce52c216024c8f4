"use strict";
/* The small model of meaning: a text as a vector of 512 numbers of length 1.  Pieces of words by the Viterbi search of
   sentencepiece's unigram model, then the forward pass of the multilingual Universal Sentence Encoder (Yang et al. 2019)
   as index/portable/model.py carries it. */
(function () {
  const SPACE = "\u2581";
  const WIDE = 512, NARROW = 256;
  const ORDERS = [[2, 0], [3, 1], [5, 2]]; // words together, of them to the left
  let model = null;

  function bytes(base64) {
    const text = atob(base64);
    const made = new Int8Array(text.length);
    for (let i = 0; i < text.length; i++) made[i] = text.charCodeAt(i);
    return made;
  }

  function load() {
    const told = fingerpost.data.meaning.model;
    const matrices = {};
    for (const [name, m] of Object.entries(told.matrices)) {
      const numbers = bytes(m.data);
      const values = new Float32Array(m.rows * m.columns);
      for (let r = 0, at = 0; r < m.rows; r++) for (let c = 0; c < m.columns; c++, at++) values[at] = numbers[at] * m.scales[c];
      matrices[name] = { rows: m.rows, columns: m.columns, values };
    }
    const alphabet = new Uint8Array(128);
    [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].forEach((c, n) => { alphabet[c.charCodeAt(0)] = n; });
    const at = new Map(), prefixes = new Set();
    let longest = 1;
    told.pieces.forEach((piece, n) => {
      at.set(piece, n);
      longest = Math.max(longest, piece.length);
      for (let k = 1; k <= piece.length; k++) prefixes.add(piece.slice(0, k));
    });
    model = { told, matrices, alphabet, at, prefixes, longest };
    return model;
  }

  /** The numbers of a text's pieces, between those for beginning and end. */
  function pieces(text) {
    const { told, at, prefixes, longest } = model || load();
    const tidy = text.normalize("NFKC").replace(/\s+/g, " ").trim();
    if (!tidy) return [1, 0, 2];
    const s = SPACE + tidy.replace(/ /g, SPACE);
    const best = new Float64Array(s.length + 1).fill(-1e38), from = new Int32Array(s.length + 1), which = new Int32Array(s.length + 1);
    best[0] = 0;
    for (let i = 0; i < s.length; i++) {
      let single = false;
      for (let j = i + 1; j <= Math.min(i + longest, s.length); j++) {
        const part = s.slice(i, j);
        if (!prefixes.has(part)) break;
        const piece = at.get(part);
        if (piece === undefined) continue;
        const score = best[i] + told.scores[piece];
        if (score > best[j]) { best[j] = score; from[j] = i; which[j] = piece; }
        if (j === i + 1) single = true;
      }
      if (!single && best[i] + told.unknown > best[i + 1]) { best[i + 1] = best[i] + told.unknown; from[i + 1] = i; which[i + 1] = 0; }
    }
    const found = [];
    for (let p = s.length; p > 0; p = from[p]) found.push(which[p]);
    return [1, ...found.reverse(), 2];
  }

  /** rows × the matrix, plus a row where there is one. */
  function times(rows, matrix, bias) {
    const { columns, values } = matrix;
    return rows.map((row) => {
      const made = bias ? Float32Array.from(bias) : new Float32Array(columns);
      for (let r = 0; r < matrix.rows; r++) {
        const x = row[r];
        if (x) for (let c = 0, at = r * columns; c < columns; c++, at++) made[c] += x * values[at];
      }
      return made;
    });
  }

  function normed(row, gain, bias, eps) {
    let mean = 0, square = 0;
    for (const x of row) mean += x;
    mean /= row.length;
    for (const x of row) square += (x - mean) * (x - mean);
    const by = 1 / Math.sqrt(square / row.length + eps);
    return row.map((x, n) => (x - mean) * by * gain[n] + bias[n]);
  }

  function raised(rows) { return rows.map((row) => row.map((x) => (x > 0 ? x : 0))); }

  function added(one, other) { return one.map((row, at) => row.map((x, n) => x + other[at][n])); }

  /** The words around each word, of one order, one after another; nothing beyond the ends. */
  function around(rows, size, left) {
    return rows.map((_, at) => {
      const wide = new Float32Array(size * NARROW);
      for (let k = 0; k < size; k++) { const row = rows[at - left + k]; if (row) wide.set(row, k * NARROW); }
      return wide;
    });
  }

  /** The vector of a text. */
  function encode(text) {
    const { told, matrices, alphabet } = model || load();
    const eps = told.eps;
    const embedded = pieces(text).map((piece) => {
      const row = new Float32Array(WIDE), part = told.parts[piece];
      for (let n = 0; n < WIDE; n++) row[n] = alphabet[told.table.charCodeAt(piece * WIDE + n)] * told.scale[part] + told.low[part];
      return row;
    });
    const branches = ORDERS.map(([order]) => times(embedded, matrices[`proj${order}`], told.rows[`proj_b${order}`]));
    // The three branches are normed together, as one row.
    const gains = ORDERS.flatMap(([order]) => told.rows[`ln_g${order}`]), biases = ORDERS.flatMap(([order]) => told.rows[`ln_b${order}`]);
    const together = embedded.map((_, at) => normed(Float32Array.from(branches.flatMap((b) => [...b[at]])), gains, biases, eps));
    const told2 = ORDERS.map(([order, left], n) => {
      const xs = together.map((row) => row.slice(n * NARROW, (n + 1) * NARROW));
      const once = added(raised(times(around(xs, order, left), matrices[`w1_${order}`], told.rows[`b1_${order}`])), xs);
      return added(raised(times(around(once, order, left), matrices[`w2_${order}`], told.rows[`b2_${order}`])), once);
    });
    const summed = new Float32Array(WIDE + ORDERS.length * NARROW);
    embedded.forEach((row, at) => {
      const wide = new Float32Array(summed.length);
      wide.set(row);
      told2.forEach((branch, n) => wide.set(branch[at], WIDE + n * NARROW));
      normed(wide, told.rows.ln_g, told.rows.ln_b, eps).forEach((x, n) => { summed[n] += x; });
    });
    const count = embedded.length;
    const mean = times([summed], matrices.cnn_W)[0].map((x, n) => (x + count * told.rows.cnn_b[n]) / Math.sqrt(count));
    const y0 = raised(times([mean], matrices.d0));
    const y1 = raised(added(times([mean], matrices.p1), times(y0, matrices.d1)));
    const y2 = raised(times(y1, matrices.d2));
    const z = added(times(y1, matrices.p3), times(y2, matrices.d3))[0].map(Math.tanh);
    const length = Math.sqrt(z.reduce((sum, x) => sum + x * x, 0)) || 1;
    return z.map((x) => x / length);
  }

  fingerpost.meaning = { encode, bytes, get there() { return Boolean(fingerpost.data.meaning); } };
})();
