// The way through the network: one block a stage, with its maps, vectors or bars.

import { HALVES, cellAt, place, receptiveField, size } from './stages.js';
import { h, number, percent } from './dom.js';
import { largest, onColoursChange, paint } from './colours.js';

/** Numbers in a row of a vector that is shown as a picture. */
const COLUMNS = { flatten1: 50, fc1: 32, relu3: 32 };

/**
 * Shows all values and lets one cell of a stage be chosen: by pointing, by touching (it stays
 * chosen), or by keys. Fires "choose" when another one is chosen, or none.
 */
export class Path extends EventTarget {
  #root;
  #stages = [];
  #views = [];
  #values = {};
  #names = [];
  #chosen = null; // { index, cell, pinned }
  #isLeaving = false;

  constructor(root) {
    super();
    this.#root = root;
    onColoursChange(() => this.#paint());
  }

  /** The chosen cell, { stage, cell }, or null. */
  get chosen() {
    return this.#chosen && { stage: this.#stages[this.#chosen.index], cell: this.#chosen.cell };
  }

  /** Shows values; makes the blocks anew if there are more or other names than before. */
  show(stages, values, names) {
    const rebuild = names.join('\n') !== this.#names.join('\n');
    this.#stages = stages;
    this.#values = values;
    this.#names = names;
    if (rebuild) {
      this.#chosen = null;
      this.#build();
    }
    this.#paint();
    this.#root.classList.remove('empty');
    this.dispatchEvent(new Event('choose'));
  }

  /** Fades what is shown, because nothing is drawn. */
  fade() {
    this.#root.classList.add('empty');
    this.release();
  }

  /** Chooses nothing. */
  release() {
    this.#choose(null);
  }

  /** Chooses nothing, and gives the focus back to the stage where something was chosen. */
  leave() {
    const { cells } = this.#views[this.#chosen.index];
    this.release();
    this.#isLeaving = true;
    cells.focus({ preventScroll: true });
    this.#isLeaving = false;
  }

  #build() {
    this.#views = this.#stages.map((stage) => this.#view(stage));
    const blocks = [];
    for (const { stage, block } of this.#views) {
      if (HALVES[stage.name]) {
        blocks.push(h('h2', {}, HALVES[stage.name]));
      }
      blocks.push(block);
    }
    this.#root.replaceChildren(...blocks);
  }

  #view(stage) {
    const cells = h('div', {
      class: `cells ${stage.kind} ${stage.name}`,
      tabIndex: 0,
      role: 'application',
      'aria-roledescription': 'values',
      'aria-label': `${stage.title}, ${shape(stage, ' by ')}. Arrow keys move over the numbers`
        + (stage.channels > 1 ? ', page up and page down change the map.' : '.'),
    });
    const isBars = stage.name === 'fc2' || stage.name === 'softmax1';
    const maps = isBars ? [] : this.#maps(stage);
    const bars = isBars ? this.#bars() : [];
    cells.append(...maps.map(({ frame }) => frame), ...bars.map(({ row }) => row));
    this.#listen(stage, cells);
    const block = h('article', { class: 'stage', id: stage.name },
      h('header', {},
        h('h3', {}, stage.title),
        h('span', { class: 'shape' }, shape(stage, ' × ')),
        stage.theta ? h('span', { class: 'theta' }, `θ${stage.theta}: ${stage.parameters.toLocaleString('en')} parameters`) : ''),
      h('p', {}, stage.text),
      cells);
    return { stage, block, cells, maps, bars };
  }

  #maps(stage) {
    const columns = COLUMNS[stage.name] ?? stage.width;
    return Array.from({ length: stage.channels }, (_, c) => {
      const canvas = h('canvas', { width: columns, height: stage.height * stage.width / columns });
      const field = h('i', { class: 'field', hidden: true });
      const frame = h('div', { class: 'map', 'data-map': c }, canvas, field);
      return { frame, canvas, field };
    });
  }

  #bars() {
    return this.#names.map((name, i) => {
      const bar = h('i', {});
      const value = h('span', { class: 'value' });
      const row = h('div', { class: 'bar', 'data-cell': i }, h('b', { title: name }, name), h('span', { class: 'track' }, bar), value);
      return { row, bar, value };
    });
  }

  #listen(stage, cells) {
    const { index } = stage;
    cells.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'mouse' && !this.#chosen?.pinned) {
        this.#chooseAt(stage, event, false);
      }
    });
    cells.addEventListener('pointerleave', () => {
      if (this.#chosen && !this.#chosen.pinned) {
        this.release();
      }
    });
    cells.addEventListener('click', (event) => this.#chooseAt(stage, event, true));
    cells.addEventListener('focus', () => {
      if (cells.matches(':focus-visible') && !this.#isLeaving && this.#chosen?.index !== index) {
        this.#choose({ index, cell: this.#strongest(stage), pinned: true });
      }
    });
    cells.addEventListener('keydown', (event) => this.#key(stage, event));
  }

  #chooseAt(stage, event, pinned) {
    const cell = this.#cellUnder(stage, event);
    if (cell) {
      const again = pinned && this.#chosen?.pinned && this.#isChosen(stage.index, cell);
      this.#choose(again ? null : { index: stage.index, cell, pinned });
    }
  }

  #isChosen(index, cell) {
    return this.#chosen?.index === index
      && place(this.#stages[index], this.#chosen.cell) === place(this.#stages[index], cell);
  }

  #cellUnder(stage, event) {
    const bar = event.target.closest('.bar');
    if (bar) {
      return cellAt(stage, Number(bar.dataset.cell));
    }
    const frame = event.target.closest('.map');
    if (!frame) {
      return null;
    }
    const canvas = frame.querySelector('canvas');
    const box = canvas.getBoundingClientRect();
    const within = (position, length, count) =>
      Math.min(count - 1, Math.max(0, Math.floor((position / length) * count)));
    const column = within(event.clientX - box.left, box.width, canvas.width);
    const row = within(event.clientY - box.top, box.height, canvas.height);
    const area = stage.height * stage.width;
    return cellAt(stage, Number(frame.dataset.map) * area + row * canvas.width + column);
  }

  /** Where keys begin: at the largest number. */
  #strongest(stage) {
    const { values } = this.#values[stage.name];
    return cellAt(stage, values.indexOf(values.reduce((most, value) => Math.max(most, value))));
  }

  #key(stage, event) {
    if (event.key === 'Escape') {
      this.release();
      return;
    }
    const columns = COLUMNS[stage.name] ?? (stage.isVector ? 1 : stage.width);
    const area = stage.height * stage.width;
    const moves = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -area, PageDown: area,
    };
    if (!moves[event.key]) {
      return;
    }
    event.preventDefault();
    const from = this.#chosen?.index === stage.index ? this.#chosen.cell : this.#strongest(stage);
    const to = place(stage, from) + moves[event.key];
    if (to >= 0 && to < size(stage)) {
      this.#choose({ index: stage.index, cell: cellAt(stage, to), pinned: true });
    }
  }

  #choose(chosen) {
    if (chosen === this.#chosen) {
      return;
    }
    this.#chosen = chosen;
    this.#mark();
    this.dispatchEvent(new Event('choose'));
  }

  /** Marks the chosen cell, and its receptive field in the stages before. */
  #mark() {
    for (const { maps, bars } of this.#views) {
      maps.forEach(({ field }) => { field.hidden = true; });
      bars.forEach(({ row }) => row.classList.remove('chosen'));
    }
    if (!this.#chosen) {
      return;
    }
    const { index, cell } = this.#chosen;
    const own = { c: [cell.c, cell.c], y: [cell.y, cell.y], x: [cell.x, cell.x] };
    this.#markRegion(index, own, 'field cell');
    for (const [below, region] of receptiveField(this.#stages, index, cell)) {
      this.#markRegion(below, region, below === index - 1 ? 'field near' : 'field');
    }
  }

  #markRegion(index, region, className) {
    const { stage, maps, bars } = this.#views[index];
    bars[region.x[0]]?.row.classList.add('chosen');
    for (let c = region.c[0]; c <= region.c[1] && maps.length > 0; c++) {
      const { canvas, field } = maps[c];
      const wraps = COLUMNS[stage.name];
      const [x0, x1] = wraps ? [region.x[0] % wraps, region.x[0] % wraps] : region.x;
      const [y0, y1] = wraps ? Array(2).fill(Math.floor(region.x[0] / wraps)) : region.y;
      field.className = className;
      field.style.left = `${(100 * x0) / canvas.width}%`;
      field.style.top = `${(100 * y0) / canvas.height}%`;
      field.style.width = `${(100 * (x1 - x0 + 1)) / canvas.width}%`;
      field.style.height = `${(100 * (y1 - y0 + 1)) / canvas.height}%`;
      field.hidden = false;
    }
  }

  #paint() {
    for (const { stage, maps, bars } of this.#views) {
      const { values } = this.#values[stage.name];
      const most = largest(values);
      const area = stage.height * stage.width;
      maps.forEach(({ canvas }, c) => paint(canvas, values.subarray(c * area, (c + 1) * area), most));
      bars.forEach(({ bar, value }, i) => {
        const isScore = stage.kind === 'fc';
        value.textContent = isScore ? number(values[i]) : percent(values[i]);
        bar.classList.toggle('negative', values[i] < 0);
        bar.style.width = `${100 * Math.abs(values[i]) / (isScore ? most : 1)}%`;
      });
    }
  }
}

function shape(stage, by) {
  return stage.isVector ? String(stage.width) : [stage.channels, stage.height, stage.width].join(by);
}
