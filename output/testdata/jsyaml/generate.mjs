// Writes pairs of a document and js-yaml's dump of it, one JSON array [document, dump] per line.
//
//   node generate.mjs random SEED COUNT      COUNT random documents, the same for the same SEED
//   node generate.mjs golden SEED COUNT      the same, but only documents of a size that is good to keep
//   node generate.mjs exhaustive LENGTH      every string of up to LENGTH characters of two nasty alphabets
//
// JSON has no order of keys and no -0, NaN or infinity, so documents are encoded: a mapping is {"m": [[key, value], ...]}
// in the order in which JavaScript lists its keys, a number is {"n": "text"}, the rest is as in JSON.

import { writeSync } from 'node:fs'
import yaml from 'js-yaml'
import { documents } from './documents.mjs'
import { words } from './exhaustive.mjs'

function encode (value) {
  if (typeof value === 'number') return { n: Object.is(value, -0) ? '-0' : String(value) }
  if (Array.isArray(value)) return value.map(encode)
  if (value === null || typeof value !== 'object') return value
  return { m: Object.keys(value).map(key => [key, encode(value[key])]) }
}

function pair (document) {
  return { document, dump: yaml.dump(document) }
}

function * random (seed, count) {
  for (const document of documents(seed)) {
    if (count-- === 0) return
    yield pair(document)
  }
}

function * golden (seed, count) {
  for (const document of documents(seed)) {
    if (count === 0) return
    const made = pair(document)
    if (made.dump.length < 60 || made.dump.length > 1000) continue
    count--
    yield made
  }
}

function * exhaustive (length) {
  for (const document of words(length)) yield pair(document)
}

// To a file, not a pipe: a full pipe would break a synchronous write off.
function write (pairs) {
  for (const { document, dump } of pairs) writeSync(1, JSON.stringify([encode(document), dump]) + '\n')
}

const modes = { random, golden, exhaustive }
const [mode, ...numbers] = process.argv.slice(2)
if (!(mode in modes)) {
  console.error('usage: node generate.mjs random SEED COUNT | golden SEED COUNT | exhaustive LENGTH')
  process.exit(2)
}
write(modes[mode](...numbers.map(Number)))
