// The answer: the most probable name, and the probability of each.

import { h, percent } from './dom.js';

const QUIET = 700; // milliseconds without a change, then the answer is said aloud

export class Answer {
  #verdict = document.querySelector('#verdict');
  #sureness = document.querySelector('#sureness');
  #list = document.querySelector('#probabilities');
  #announcement = document.querySelector('#announcement');
  #rows = [];
  #timer = 0;

  /** Shows the probabilities of names. */
  show(names, probabilities) {
    this.#match(names);
    const best = probabilities.indexOf(Math.max(...probabilities));
    this.#verdict.textContent = names[best];
    this.#verdict.classList.remove('none');
    this.#sureness.textContent = percent(probabilities[best]);
    this.#rows.forEach(({ row, bar, value }, i) => {
      row.classList.toggle('best', i === best);
      bar.style.width = 100 * probabilities[i] + '%';
      value.textContent = percent(probabilities[i]);
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#announcement.textContent = `It reads ${names[best]}, ${percent(probabilities[best])}`;
    }, QUIET);
  }

  /** Shows that nothing is drawn. */
  clear() {
    this.#verdict.textContent = '\u00a0';
    this.#verdict.classList.add('none');
    this.#sureness.textContent = 'Draw something';
    for (const { row, bar, value } of this.#rows) {
      row.classList.remove('best');
      bar.style.width = '0';
      value.textContent = '';
    }
    clearTimeout(this.#timer);
    this.#announcement.textContent = 'Nothing is drawn';
  }

  /** Makes one row for each name. */
  #match(names) {
    if (names.join('\n') === this.#rows.map(({ name }) => name).join('\n')) {
      return;
    }
    this.#rows = names.map((name) => {
      const bar = h('i');
      const value = h('span', { class: 'value' });
      const row = h('li', {}, h('b', { title: name }, name), h('span', { class: 'track' }, bar), value);
      return { name, row, bar, value };
    });
    this.#list.replaceChildren(...this.#rows.map(({ row }) => row));
  }
}
