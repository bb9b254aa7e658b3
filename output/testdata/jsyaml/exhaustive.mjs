// Every string of up to a given length over the characters that mean something to YAML, then over those that numbers and
// dates are made of; each as an item of a list, as a value and as a key of a mapping. Thousands stand in one document,
// which keeps the files small.

const syntax = [' ', '\n', ':', '#', '-', '?', '\'', '"', '.', '1', '_', 'e', 'n', '~', '<', '+', '\t', '😀']
const numbers = ['0', '1', '8', '_', '+', '-', '.', 'e', 'x', 'o', 'b', ':', 'T', 'Z', 'n', 'f']
const perDocument = 2000

export function * words (length) {
  for (const alphabet of [syntax, numbers]) {
    let batch = []
    for (let n = 0; n <= length; n++) {
      for (const word of ofLength(alphabet, n)) {
        batch.push(word)
        if (batch.length === perDocument) {
          yield * places(batch)
          batch = []
        }
      }
    }
    yield * places(batch)
  }
}

function * ofLength (alphabet, n) {
  if (n === 0) {
    yield ''
    return
  }
  for (const head of ofLength(alphabet, n - 1)) for (const character of alphabet) yield head + character
}

function * places (batch) {
  yield { list: batch }
  yield Object.fromEntries(batch.map((word, i) => ['k' + i, word]))
  yield Object.fromEntries(batch.map((word, i) => [word, i]))
}
