// Numbers as colours: paper is zero, one ink is above it, the other below.

let palette = read();

function read() {
  const style = getComputedStyle(document.documentElement);
  const rgb = (name) => style.getPropertyValue(name).split(',').map(Number);
  return { zero: rgb('--zero'), plus: rgb('--plus'), minus: rgb('--minus') };
}

/** Calls back when the colours have changed. */
export function onColoursChange(callback) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    palette = read();
    callback();
  });
}

/** Red, green and blue of a value, as strong as its part of the largest one. */
function mix(value, most) {
  // The root lets weak values be seen.
  const part = most > 0 ? Math.min(1, Math.abs(value) / most) ** 0.7 : 0;
  const ink = value < 0 ? palette.minus : palette.plus;
  return palette.zero.map((zero, i) => Math.round(zero + (ink[i] - zero) * part));
}

/** The colour of a value for CSS, faint enough to write on. */
export function tint(value, most) {
  return `rgb(${mix(value * 0.35, most).join(' ')})`;
}

/** The largest absolute value. */
export function largest(values) {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Paints values row by row; the canvas has one pixel for each. */
export function paint(canvas, values, most) {
  const context = canvas.getContext('2d');
  const image = context.createImageData(canvas.width, canvas.height);
  values.forEach((value, i) => image.data.set([...mix(value, most), 255], 4 * i));
  context.putImageData(image, 0, 0);
}
