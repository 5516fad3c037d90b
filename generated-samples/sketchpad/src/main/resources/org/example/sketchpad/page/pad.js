// The sheet to draw on.

const SIDE = 280; // units of the coordinates, whatever the size on the screen
const PEN = 18;
const STEP = SIDE / 28;

/** A "3", shown until somebody draws. */
const EXAMPLE = [[
  [86, 72], [94, 58], [108, 47], [126, 41], [145, 41], [163, 46], [177, 57], [184, 72], [184, 88], [177, 104],
  [164, 117], [148, 126], [130, 131], [150, 134], [169, 142], [184, 155], [192, 172], [192, 191], [185, 209],
  [171, 224], [152, 234], [131, 238], [110, 235], [92, 226], [80, 212],
]];

/**
 * A drawing pad on a canvas, for pointers and keys. Fires "change" whenever what is drawn has
 * changed; "enter" when that key is pressed.
 */
export class Pad extends EventTarget {
  #canvas;
  #strokes = EXAMPLE;
  #picture = null;
  #isExample = true;
  #pointer = null;
  #cursor = { x: SIDE / 2, y: SIDE / 2, down: false };

  constructor(canvas) {
    super();
    this.#canvas = canvas;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event));
    canvas.addEventListener('pointercancel', (event) => this.#up(event));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('focus', () => this.#paint());
    canvas.addEventListener('blur', () => this.#liftPen());
    new ResizeObserver(() => this.#paint()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint());
  }

  get isExample() {
    return this.#isExample;
  }

  get penIsDown() {
    return this.#cursor.down;
  }

  /** The strokes, { strokes }, a picture, or null where nothing is drawn. */
  get drawing() {
    if (this.#picture) {
      return this.#picture.file;
    }
    return this.#strokes.length > 0 ? { strokes: this.#strokes } : null;
  }

  /** Whether there are strokes by the user, so that they can be kept as an example. */
  get hasOwnStrokes() {
    return !this.#isExample && !this.#picture && this.#strokes.length > 0;
  }

  clear() {
    this.#reset();
    this.#changed();
  }

  undo() {
    if (this.#isExample || this.#picture) {
      this.#reset();
    } else {
      this.#strokes = this.#strokes.slice(0, -1);
      this.#cursor.down = false;
    }
    this.#changed();
  }

  /** Shows a picture from a file. */
  async show(file) {
    const bitmap = await createImageBitmap(file).catch(() => null);
    this.#reset();
    this.#picture = { file, bitmap };
    this.#changed();
  }

  #reset() {
    this.#strokes = [];
    this.#picture = null;
    this.#isExample = false;
    this.#cursor.down = false;
  }

  #changed() {
    this.#paint();
    this.dispatchEvent(new Event('change'));
  }

  #startStroke(point) {
    if (this.#isExample || this.#picture) {
      this.#reset();
    }
    this.#strokes = [...this.#strokes, [point]];
  }

  #extendStroke(point) {
    this.#strokes.at(-1).push(point);
  }

  #down(event) {
    if (event.button !== 0 || this.#pointer !== null) {
      return;
    }
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#cursor.down = false;
    this.#startStroke(this.#place(event));
    this.#changed();
  }

  #move(event) {
    if (event.pointerId !== this.#pointer) {
      return;
    }
    // Fast pens move several times between two frames.
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length > 0 ? steps : [event]) {
      this.#extendStroke(this.#place(step));
    }
    this.#changed();
  }

  #up(event) {
    if (event.pointerId === this.#pointer) {
      this.#pointer = null;
    }
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    const unit = SIDE / box.width;
    const round = (value) => Math.round(value * 10) / 10;
    return [round((event.clientX - box.left) * unit), round((event.clientY - box.top) * unit)];
  }

  #key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (moves[event.key]) {
      const [x, y] = moves[event.key];
      this.#moveCursor(x, y, event.shiftKey ? 3 * STEP : STEP);
    } else if (event.key === ' ') {
      this.#togglePen();
    } else if (event.key === 'Backspace') {
      this.undo();
    } else if (event.key === 'Delete') {
      this.clear();
    } else if (event.key === 'Enter') {
      this.dispatchEvent(new Event('enter'));
    } else {
      return;
    }
    event.preventDefault();
  }

  #moveCursor(x, y, step) {
    const within = (value) => Math.min(SIDE - PEN / 2, Math.max(PEN / 2, value));
    this.#cursor.x = within(this.#cursor.x + x * step);
    this.#cursor.y = within(this.#cursor.y + y * step);
    if (this.#cursor.down) {
      this.#extendStroke([this.#cursor.x, this.#cursor.y]);
      this.#changed();
    } else {
      this.#paint();
    }
  }

  #togglePen() {
    if (!this.#cursor.down) {
      this.#startStroke([this.#cursor.x, this.#cursor.y]);
    }
    this.#cursor.down = !this.#cursor.down;
    this.#changed();
  }

  #liftPen() {
    this.#cursor.down = false;
    this.#paint();
  }

  #paint() {
    const canvas = this.#canvas;
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0) {
      return;
    }
    canvas.width = side;
    canvas.height = side;
    const style = getComputedStyle(canvas);
    const context = canvas.getContext('2d');
    context.scale(side / SIDE, side / SIDE);
    context.lineCap = 'round';
    context.lineJoin = 'round';
    if (this.#picture?.bitmap) {
      paintPicture(context, this.#picture.bitmap);
    }
    context.strokeStyle = style.getPropertyValue(this.#isExample ? '--faint-ink' : '--ink');
    context.lineWidth = PEN;
    for (const stroke of this.#strokes) {
      paintStroke(context, stroke);
    }
    if (document.activeElement === canvas && canvas.matches(':focus-visible')) {
      this.#paintCursor(context, style.getPropertyValue('--accent'));
    }
  }

  #paintCursor(context, colour) {
    const { x, y, down } = this.#cursor;
    context.beginPath();
    context.arc(x, y, PEN / 2 + 2, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.stroke();
    if (down) {
      context.fill();
    }
  }
}

/** Smooth: a curve through the middles between points. */
function paintStroke(context, stroke) {
  context.beginPath();
  context.moveTo(...stroke[0]);
  for (let i = 1; i < stroke.length; i++) {
    const [x0, y0] = stroke[i - 1];
    const [x1, y1] = stroke[i];
    context.quadraticCurveTo(x0, y0, (x0 + x1) / 2, (y0 + y1) / 2);
  }
  context.lineTo(...stroke.at(-1));
  context.stroke();
}

function paintPicture(context, bitmap) {
  const scale = SIDE / Math.max(bitmap.width, bitmap.height);
  const width = bitmap.width * scale;
  const height = bitmap.height * scale;
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(bitmap, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
}
