// The stages of the network, and which part of an earlier one a number comes from. Sizes are read off
// the shapes of values and weights, so only words and order stand here.

const WORDS = [
  ['image', 'input', 'Input', 'The drawing, framed as the network learnt digits: 0 is paper, 1 is ink.'],
  ['conv1', 'conv', 'Convolution 1', 'Filters slide over the picture; each one gives a feature map.'],
  ['relu1', 'relu', 'ReLU 1', 'Negative numbers become 0, positive ones stay.'],
  ['maxpool1', 'pool', 'Max pooling 1', 'Of each window only the largest number stays. Nothing is learnt here.'],
  ['conv2', 'conv', 'Convolution 2', 'Each filter looks at all maps below it at once.'],
  ['relu2', 'relu', 'ReLU 2', 'Negative numbers become 0, positive ones stay.'],
  ['maxpool2', 'pool', 'Max pooling 2', 'The features: what the first half has found, and where.'],
  ['flatten1', 'flatten', 'Flatten', 'The maps become one vector, slice by slice.'],
  ['fc1', 'fc', 'Fully connected 1', 'Every number is joined to every number of the vector.'],
  ['relu3', 'relu', 'ReLU 3', 'Negative numbers become 0, positive ones stay.'],
  ['fc2', 'fc', 'Fully connected 2', 'One score for each name.'],
  ['softmax1', 'softmax', 'Softmax', 'The scores become probabilities, which add up to 1.'],
];

/** Stages of which this one is the first of its half. */
export const HALVES = {
  image: 'First half: extracts features',
  flatten1: 'Second half: classifies',
};

/** The stages in order, for values and weights by name. */
export function stagesOf(values, weights) {
  let theta = 0;
  return WORDS.map(([name, kind, title, text], index) => {
    const { dims } = values[name];
    const [channels, height, width] = dims.length === 3 ? dims : [1, 1, dims[0]];
    const weight = weights[name + '.weight'];
    const bias = weights[name + '.bias'];
    const before = index > 0 ? values[WORDS[index - 1][0]].dims : null;
    return {
      index, name, kind, title, text, channels, height, width, weight, bias,
      isVector: dims.length === 1,
      theta: weight ? ++theta : 0,
      parameters: weight ? weight.values.length + bias.values.length : 0,
      ...window(kind, dims, before, weight),
    };
  });
}

/** Side of the window that a convolution or a pooling looks through, its step, and the padding. */
function window(kind, dims, before, weight) {
  if (kind === 'conv') {
    const kernel = weight.dims[2];
    return { kernel, step: 1, padding: (dims[1] - 1 + kernel - before[1]) / 2 };
  }
  if (kind === 'pool') {
    const kernel = before[1] / dims[1];
    return { kernel, step: kernel, padding: 0 };
  }
  return {};
}

/** How many numbers a stage has. */
export const size = (stage) => stage.channels * stage.height * stage.width;

/** The place of a cell, { c, y, x }, in the values of its stage. */
export const place = (stage, { c, y, x }) => (c * stage.height + y) * stage.width + x;

/** The cell at a place: the other way. */
export function cellAt(stage, index) {
  const area = stage.height * stage.width;
  return {
    c: Math.floor(index / area),
    y: Math.floor((index % area) / stage.width),
    x: index % stage.width,
  };
}

/**
 * The receptive field of a cell: for each stage before it, the channels, rows and columns that it
 * depends on (first and last ones), by the stage's index. It ends where everything is looked at.
 */
export function receptiveField(stages, index, cell) {
  let region = { c: [cell.c, cell.c], y: [cell.y, cell.y], x: [cell.x, cell.x] };
  const field = new Map();
  for (let i = index; i > 0 && stages[i].kind !== 'fc' && stages[i].kind !== 'softmax'; i--) {
    region = below(stages[i], stages[i - 1], region);
    field.set(i - 1, region);
  }
  return field;
}

/** What a region of a stage depends on in the stage before it. */
function below(stage, before, region) {
  if (stage.kind === 'flatten') {
    const { c, y, x } = cellAt(before, region.x[0]);
    return { c: [c, c], y: [y, y], x: [x, x] };
  }
  if (stage.kind !== 'conv' && stage.kind !== 'pool') {
    return region;
  }
  const { kernel, step, padding } = stage;
  const span = ([first, last], length) => [
    Math.max(0, first * step - padding),
    Math.min(length - 1, last * step - padding + kernel - 1),
  ];
  return {
    c: stage.kind === 'conv' ? [0, before.channels - 1] : region.c,
    y: span(region.y, before.height),
    x: span(region.x, before.width),
  };
}
