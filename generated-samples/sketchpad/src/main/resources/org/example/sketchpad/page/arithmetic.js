// The arithmetic of one number: what the network has added and multiplied to get it. The numbers are
// the network's own; products and sums are repeated here to be shown.

import { cellAt, place } from './stages.js';

/** Steps by kind of stage; each takes the stage, the one before it, the cell, and values by name. */
const STEPS = {
  input: () => ({}),
  conv: convolution,
  relu: (stage, before, cell, values) => ({ from: values[before.name].values[place(stage, cell)] }),
  pool: pooling,
  flatten: (stage, before, cell) => ({ origin: cellAt(before, cell.x), slice: before.height * before.width }),
  fc: fullyConnected,
  softmax: (stage, before, cell, values) => ({ scores: [...values[before.name].values], own: cell.x }),
};

/** How a cell got its value: { value, ... } with what its kind of stage needs to tell. */
export function explain(stages, stage, cell, values) {
  const before = stages[stage.index - 1];
  const value = values[stage.name].values[place(stage, cell)];
  return { value, before, ...STEPS[stage.kind](stage, before, cell, values) };
}

/** Value by row and column of a window of the stage before; null beyond the border. */
function patch(stage, before, cell, channel, values) {
  const rows = [];
  for (let i = 0; i < stage.kernel; i++) {
    const y = cell.y * stage.step - stage.padding + i;
    const row = [];
    for (let j = 0; j < stage.kernel; j++) {
      const x = cell.x * stage.step - stage.padding + j;
      const inside = y >= 0 && y < before.height && x >= 0 && x < before.width;
      row.push(inside ? values[before.name].values[place(before, { c: channel, y, x })] : null);
    }
    rows.push(row);
  }
  return rows;
}

/** For each slice of the stage before: patch, kernel, and the sum of their products. */
function convolution(stage, before, cell, values) {
  const area = stage.kernel * stage.kernel;
  const slices = Array.from({ length: before.channels }, (_, channel) => {
    const numbers = patch(stage, before, cell, channel, values);
    const start = (cell.c * before.channels + channel) * area;
    const weights = stage.weight.values.subarray(start, start + area);
    const kernel = numbers.map((row, i) => row.map((_, j) => weights[i * stage.kernel + j]));
    const sum = numbers.flat().reduce((total, number, i) => total + (number ?? 0) * weights[i], 0);
    return { patch: numbers, kernel, sum };
  });
  return { slices, bias: stage.bias.values[cell.c] };
}

function pooling(stage, before, cell, values) {
  return { patch: patch(stage, before, cell, cell.c, values) };
}

/** All products, the largest first. */
function fullyConnected(stage, before, cell, values) {
  const inputs = values[before.name].values;
  const weights = stage.weight.values.subarray(cell.x * inputs.length, (cell.x + 1) * inputs.length);
  const products = Array.from(inputs, (input, i) => ({
    place: i, input, weight: weights[i], product: input * weights[i],
  }));
  products.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { products, bias: stage.bias.values[cell.x] };
}
