// Teaching a new symbol from ten drawings.

import * as api from './api.js';
import { h, thumbnail } from './dom.js';

const DRAWINGS = 10;

/** The form. Fires "taught" when what is known has changed. */
export class Teach extends EventTarget {
  #pad;
  #examples = [];
  #busy = false;
  #element = document.querySelector('#teach');
  #name = document.querySelector('#symbol-name');
  #list = document.querySelector('#examples');
  #status = document.querySelector('#teach-status');
  #taught = document.querySelector('#taught');
  #learn = document.querySelector('#learn');
  #form = document.querySelector('#teach-form');

  constructor(pad) {
    super();
    this.#pad = pad;
    document.querySelector('#keep').addEventListener('click', () => this.#keep());
    document.querySelector('#drop').addEventListener('click', () => this.#drop());
    pad.addEventListener('enter', () => this.#element.open && this.#keep());
    this.#name.addEventListener('input', () => this.#show());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#show();
    this.#refresh().catch((problem) => this.#say(problem.message));
  }

  #say(text) {
    this.#status.textContent = text;
  }

  #keep() {
    if (this.#examples.length === DRAWINGS) {
      this.#say('Ten drawings are enough.');
    } else if (!this.#pad.hasOwnStrokes) {
      this.#say('Draw the symbol on the pad first.');
    } else {
      this.#examples.push(structuredClone(this.#pad.drawing));
      this.#pad.clear();
      this.#show();
      const left = DRAWINGS - this.#examples.length;
      this.#say(left > 0 ? `Kept. ${left} more, please.` : 'Ten drawings: it can be learnt now.');
    }
  }

  #drop() {
    if (this.#examples.pop()) {
      this.#show();
      this.#say(`${this.#examples.length} drawings are kept.`);
    }
  }

  #show() {
    const slots = Array.from({ length: DRAWINGS }, (_, i) =>
      h('li', { 'aria-label': this.#examples[i] ? `Drawing ${i + 1}` : 'empty' },
        this.#examples[i] ? thumbnail(this.#examples[i].strokes) : String(i + 1)));
    this.#list.replaceChildren(...slots);
    const ready = this.#examples.length === DRAWINGS && this.#name.value.trim() !== '';
    this.#learn.disabled = this.#busy || !ready;
  }

  async #submit() {
    if (this.#learn.disabled) {
      return;
    }
    const name = this.#name.value.trim();
    await this.#change(`Learning ${name} …`, async () => {
      const report = await api.teach({ name, drawings: this.#examples });
      this.#examples = [];
      this.#name.value = '';
      return `It knows ${name} now. Of ${report.digits} digits that it never learnt it reads `
        + `${report.rightNow} rightly; before its first lesson it was ${report.rightBefore}.`;
    });
  }

  async #forget(name) {
    await this.#change(`Forgetting ${name} …`, async () => {
      await api.forget(name);
      return `It has forgotten ${name}.`;
    });
  }

  /** Asks the server for a change, which takes a moment, and tells what came of it. */
  async #change(meanwhile, ask) {
    this.#busy = true;
    this.#form.setAttribute('aria-busy', 'true');
    this.#show();
    this.#say(meanwhile);
    try {
      const report = await ask();
      await this.#refresh();
      this.#say(report);
      this.dispatchEvent(new Event('taught'));
    } catch (problem) {
      this.#say(problem.message);
    } finally {
      this.#busy = false;
      this.#form.removeAttribute('aria-busy');
      this.#show();
    }
  }

  async #refresh() {
    const { symbols } = await api.known();
    this.#taught.replaceChildren(...symbols.map(({ name, drawings }) => {
      const button = h('button', { type: 'button', 'aria-label': `Forget ${name}` }, 'Forget');
      button.addEventListener('click', () => this.#forget(name));
      return h('li', {}, thumbnail(drawings[0].strokes), h('span', {}, name), button);
    }));
  }
}
