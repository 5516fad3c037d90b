// Joins the parts: whenever the drawing changes, the network looks at it, and all is shown anew.

import * as api from './api.js';
import { Answer } from './answer.js';
import { onColoursChange } from './colours.js';
import { Lens } from './lens.js';
import { Pad } from './pad.js';
import { Path } from './path.js';
import { stagesOf } from './stages.js';
import { Teach } from './teach.js';

const PICTURES = ['image/png', 'image/jpeg'];

const sheet = document.querySelector('#sheet');
const note = document.querySelector('#pad-note');
const problem = document.querySelector('#problem');

const pad = new Pad(document.querySelector('#pad'));
const answer = new Answer();
const path = new Path(document.querySelector('#path'));
const lens = new Lens(document.querySelector('#lens'), () => path.leave());
const teach = new Teach(pad);

let weights = null;
let shown = null; // { stages, tensors, names } of the last look
let looking = false;
let changed = false;

/** Looks at the drawing; when it changes meanwhile, once more. */
async function look() {
  changed = true;
  if (looking) {
    return;
  }
  looking = true;
  while (changed) {
    changed = false;
    try {
      await lookOnce();
      problem.hidden = true;
    } catch (reason) {
      problem.textContent = reason.message;
      problem.hidden = false;
    }
  }
  looking = false;
}

async function lookOnce() {
  note.textContent = pad.isExample ? 'An example. Draw your own over it.' : '';
  const { drawing } = pad;
  if (!drawing) {
    answer.clear();
    path.fade();
    return;
  }
  weights ??= await api.weights();
  const { names, tensors } = await api.look(drawing);
  shown = { stages: stagesOf(tensors, weights), tensors, names };
  answer.show(names, tensors.softmax1.values);
  path.show(shown.stages, tensors, names);
}

function showLens() {
  if (path.chosen) {
    const { stage, cell } = path.chosen;
    lens.show(shown.stages, stage, cell, shown.tensors, shown.names);
  } else {
    lens.clear();
  }
}

function open(file) {
  if (file && PICTURES.includes(file.type)) {
    pad.show(file);
  } else if (file) {
    problem.textContent = 'Expected a PNG or JPEG picture.';
    problem.hidden = false;
  }
}

pad.addEventListener('change', look);
path.addEventListener('choose', showLens);
onColoursChange(showLens);
teach.addEventListener('taught', () => {
  weights = null;
  look();
});

document.querySelector('#undo').addEventListener('click', () => pad.undo());
document.querySelector('#clear').addEventListener('click', () => pad.clear());
document.querySelector('#file').addEventListener('change', (event) => {
  open(event.target.files[0]);
  event.target.value = ''; // so that the same file can be opened again
});

for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    sheet.classList.toggle('dropping', type === 'dragenter' || type === 'dragover');
  });
}
document.addEventListener('drop', (event) => open(event.dataTransfer.files[0]));

look();
