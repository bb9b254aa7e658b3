// Random documents: mappings as front matter has them, and deeper, odder ones.

import { Random } from './random.mjs'
import { key, string } from './strings.mjs'

/** documents without end */
export function * documents (seed) {
  const r = new Random(seed)
  for (;;) yield mapping(r, r.int(0, 5))
}

function value (r, depth) {
  if (depth > 0 && r.chance(0.35)) return r.chance(0.5) ? mapping(r, depth - 1) : list(r, depth - 1)
  if (r.chance(0.01)) return tower(r)
  return r.weighted([[12, () => string(r)], [3, () => number(r)], [1, () => null], [1, () => r.chance(0.5)]])
}

// A key is set with defineProperty because an assignment to "__proto__" would not make a field.
function mapping (r, depth) {
  const object = {}
  for (let left = r.int(0, 6); left > 0; left--) {
    Object.defineProperty(object, key(r), { value: value(r, depth), enumerable: true, configurable: true, writable: true })
  }
  return object
}

function list (r, depth) {
  return Array.from({ length: r.int(0, 5) }, () => value(r, depth))
}

/** a string deep inside, where the folded width has shrunk to its lower bound and below */
function tower (r) {
  let inner = string(r)
  for (let left = r.int(1, 30); left > 0; left--) inner = r.chance(0.5) ? [inner] : { [key(r)]: inner }
  return inner
}

const numbers = [
  0, -0, 1, -1, 0.1, -0.5, 1.5, 1e20, 1e21, -1e21, 1.5e21, 123456789012345680000, 1e300, 1e-6, 1e-7, 1.5e-7, -5e-324, 1e-10,
  Number.MAX_VALUE, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, NaN, Infinity, -Infinity, 2020, 3960, 0.30000000000000004
]

function number (r) {
  return r.weighted([
    [1, () => r.pick(numbers)], [2, () => r.int(-100000, 100000)], [1, () => (r.next() - 0.5) * 10 ** r.int(-30, 30)],
    [1, () => Math.round((r.next() - 0.5) * 10 ** r.int(1, 25))], [1, () => r.int(0, 9999) / 100]
  ])
}
