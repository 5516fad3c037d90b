// Making elements without markup in strings.

/** An element with properties ("class", "aria-..." and "data-..." are attributes) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') {
      element.className = value;
    } else if (name in element && !name.includes('-')) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small picture of strokes. */
export function thumbnail(strokes) {
  const points = strokes.flat();
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const side = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
  const left = (Math.min(...xs) + Math.max(...xs) - side) / 2;
  const top = (Math.min(...ys) + Math.max(...ys) - side) / 2;
  const svg = document.createElementNS(SVG, 'svg');
  const margin = side * 0.15;
  svg.setAttribute('viewBox', [left - margin, top - margin, side * 1.3, side * 1.3].join(' '));
  svg.setAttribute('aria-hidden', 'true');
  for (const stroke of strokes) {
    const line = document.createElementNS(SVG, 'polyline');
    const dot = stroke.length === 1 ? stroke : []; // a line from a point to itself is drawn as a dot
    line.setAttribute('points', [...stroke, ...dot].map((point) => point.join(',')).join(' '));
    line.setAttribute('stroke-width', side * 0.1);
    svg.append(line);
  }
  return svg;
}

/** A number as it is shown: with a true minus, and no "-0.00". */
export function number(value, digits = 2) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? '\u2212' + text : text;
}

/** A number as it is shown where there is little room: ".43". */
export const short = (value) => number(value).replace(/^(\u2212?)0\./, '$1.');

/** A probability as it is shown. */
export function percent(value) {
  const text = (100 * value).toFixed(1);
  return (value < 1 && text === '100.0' ? '> 99.9' : text) + '\u202f%';
}
