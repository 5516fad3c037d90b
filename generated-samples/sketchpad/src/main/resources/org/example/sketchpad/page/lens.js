// Under the lens: the arithmetic of the chosen number, written out.

import { explain } from './arithmetic.js';
import { largest, paint, tint } from './colours.js';
import { h, number, percent, short } from './dom.js';

const MOST_PRODUCTS = 8;

export class Lens {
  #root;
  #onClose;
  #slice = null; // the slice of a convolution that is written out; null: the one that weighs most

  constructor(root, onClose) {
    this.#root = root;
    this.#onClose = onClose;
    this.clear();
  }

  /** Tells what can be chosen. */
  clear() {
    this.#slice = null;
    this.#root.classList.remove('open');
    this.#root.replaceChildren(
      h('h2', {}, 'Under the lens'),
      h('p', { class: 'help' },
        'Point at a number of any stage, touch it, or go there with Tab and the arrow keys. '
        + 'Here you see how it was computed; frames show what it saw in the stages before, down to the drawing.'),
      legend());
  }

  /** Writes out how a cell got its value. */
  show(stages, stage, cell, values, names) {
    const facts = explain(stages, stage, cell, values);
    const close = h('button', { type: 'button', class: 'close', 'aria-label': 'Close the lens' }, '×');
    close.addEventListener('click', this.#onClose);
    const heading = h('h2', {}, stage.title);
    const where = h('p', { class: 'where' }, position(stage, cell, names));
    const scroll = this.#root.scrollTop;
    this.#root.classList.add('open');
    this.#root.dataset.value = facts.value;
    this.#root.replaceChildren(
      close, heading, where,
      ...this.#story(stage, facts, names, () => this.show(stages, stage, cell, values, names)),
      h('p', { class: 'unseen', role: 'status' }, `${position(stage, cell, names)}: ${number(facts.value)}`));
    this.#root.scrollTop = scroll;
  }

  #story(stage, facts, names, again) {
    switch (stage.kind) {
      case 'conv': return this.#convolution(facts, again);
      case 'relu': return [equation('max(0, ', term(facts.from), ') ', equals(facts.value))];
      case 'pool': return pooling(facts);
      case 'flatten': return flattening(facts);
      case 'fc': return fullyConnected(facts);
      case 'softmax': return softmax(facts, names);
      default: return [equation('ink ', equals(facts.value))];
    }
  }

  #convolution({ slices, bias, value }, again) {
    const strongest = slices.reduce((best, { sum }, i) => (Math.abs(sum) > Math.abs(slices[best].sum) ? i : best), 0);
    const shown = Math.min(this.#slice ?? strongest, slices.length - 1);
    const most = largest(slices.flatMap((slice) => slice.patch.flat().map((v) => v ?? 0)));
    const pairs = slices.length === 1 ? [] : [
      h('p', { class: 'help' }, `${slices.length} slices, each a patch times its kernel:`),
      h('div', { class: 'slices' }, ...slices.map((slice, i) => {
        const button = h('button', {
          type: 'button', class: i === shown ? 'slice shown' : 'slice', 'aria-pressed': i === shown,
          'aria-label': `Slice ${i + 1}, sum ${number(slice.sum, 3)}`,
        }, picture(slice.patch, most), '×', picture(slice.kernel), h('span', {}, number(slice.sum)));
        button.addEventListener('click', () => {
          this.#slice = i;
          again();
          this.#root.querySelector('.slice.shown').focus(); // the button itself was made anew
        });
        return button;
      })),
    ];
    const { patch, kernel } = slices[shown];
    return [
      ...pairs,
      h('div', { class: 'product' },
        table(patch, slices.length === 1 ? 'patch' : `patch of slice ${shown + 1}`, most),
        h('span', { class: 'sign' }, '×'),
        table(kernel, 'kernel')),
      equation(
        ...slices.map(({ sum }, i) => (i === 0 ? [term(sum)] : plus(sum))).flat(),
        slices.length === 1 ? h('small', {}, ' sum of products') : '',
        ...plus(bias), h('small', {}, ' bias'), ' ', equals(value)),
    ];
  }
}

function pooling({ patch, value }) {
  return [
    h('div', { class: 'product' }, table(patch, 'window')),
    equation('max(', patch.flat().map((v) => number(v)).join(', '), ') ', equals(value)),
  ];
}

function flattening({ origin, slice, before, value }) {
  return [
    h('p', { class: 'help' }, `It is row ${origin.y + 1}, column ${origin.x + 1} of slice ${origin.c + 1}:`),
    equation(`${origin.c} × ${slice} + ${origin.y} × ${before.width} + ${origin.x + 1} = number `
      + (origin.c * slice + origin.y * before.width + origin.x + 1)),
    h('p', { class: 'help' }, 'Nothing is computed; it stays ', result(value), '.'),
  ];
}

function fullyConnected({ products, bias, value }) {
  const shown = products.slice(0, MOST_PRODUCTS);
  const others = products.slice(MOST_PRODUCTS).reduce((sum, { product }) => sum + product, 0);
  const most = largest(shown.map(({ product }) => product));
  const rows = shown.map(({ place, input, weight, product }) => {
    const cell = h('td', { title: product }, number(product, 3));
    cell.style.background = tint(product, most);
    return h('tr', {}, h('th', {}, String(place + 1)), h('td', {}, number(input, 3)), h('td', {}, number(weight, 3)), cell);
  });
  const shownSum = shown.reduce((sum, { product }) => sum + product, 0);
  return [
    h('p', { class: 'help' }, `${products.length} products; those that weigh most:`),
    h('table', { class: 'products' },
      h('thead', {}, h('tr', {}, h('th', {}, 'from'), h('th', {}, 'value'), h('th', {}, 'weight'), h('th', {}, 'product'))),
      h('tbody', {}, ...rows)),
    equation(
      term(shownSum), h('small', {}, ' these'),
      ...plus(others), h('small', {}, ` ${products.length - shown.length} others`),
      ...plus(bias), h('small', {}, ' bias'), ' ', equals(value)),
  ];
}

function softmax({ scores, own, value }, names) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const best = names[scores.indexOf(most)];
  return [
    h('p', { class: 'help' }, `Each score less the largest one, that of ${best}; e to the power of it; divided by the sum of all.`),
    equation('exp(', term(scores[own]), ' \u2212 ', term(most), ') / ', term(total),
      ' = ', number(powers[own] / total, 4)),
    equation(equals(value, percent(value))),
  ];
}

function position(stage, { c, y, x }, names) {
  if (stage.isVector) {
    return stage.name === 'fc2' || stage.name === 'softmax1' ? names[x] : `number ${x + 1} of ${stage.width}`;
  }
  const map = stage.channels > 1 ? `map ${c + 1}, ` : '';
  return `${map}row ${y + 1}, column ${x + 1}`;
}

const equation = (...parts) => h('p', { class: 'equation' }, ...parts);

const term = (value, sign = '') =>
  h('span', { class: 'term', title: value }, sign + number(sign ? Math.abs(value) : value, 3));

/** One more term of a sum, with its sign. */
const plus = (value) => [' ', term(value, value < 0 ? '\u2212 ' : '+ ')];

/** What comes out; the sign stays with it when the line is broken. */
const equals = (value, text) => h('span', { class: 'outcome' }, '= ', result(value, text));

const result = (value, text = number(value, 3)) => h('strong', { title: value }, text);

/** Numbers in rows, each on the colour of its value; beyond the border stands nothing. */
function table(rows, caption, most = largest(rows.flat().map((v) => v ?? 0))) {
  return h('table', { class: 'matrix' },
    h('caption', {}, caption),
    ...rows.map((row) => h('tr', {}, ...row.map((value) => {
      if (value === null) {
        return h('td', { class: 'border', title: 0 }, '·');
      }
      const cell = h('td', { title: value }, short(value));
      cell.style.background = tint(value, most);
      return cell;
    }))));
}

/** The same as a small picture. */
function picture(rows, most) {
  const values = rows.flat().map((v) => v ?? 0);
  const canvas = h('canvas', { width: rows[0].length, height: rows.length });
  paint(canvas, values, most ?? largest(values));
  return canvas;
}

function legend() {
  return h('p', { class: 'legend' }, h('span', {}, 'below 0'), h('i', {}), h('span', {}, 'above 0'));
}
