// Random strings with everything that makes a YAML writer stumble.

const indicators = [...'-?:,[]{}#&*!|>\'"%@`=~<.+_\\/$^;()']

const spaces = [' ', ' ', ' ', '  ', '   ', '\t', '\n', '\n', '\n\n', '\r\n', '\r', '\u00A0', '\u2003', '\u3000']

const odd = [
  '\0', '\x01', '\x07', '\b', '\v', '\f', '\x1B', '\x1F', '\x7F', '\x80', '\x85', '\x9F', '\xA0', '\xA1', '\xAD',
  '\u0301', '\u200B', '\u200D', '\u200E', '\u2028', '\u2029', '\uD7FF', '\uE000', '\uFDD0', '\uFEFF', '\uFFF9',
  '\uFFFD', '\uFFFE', '\uFFFF', '\u{10000}', '\u{1FFFF}', '\u{10FFFF}'
]

const signs = ['😀', '👩‍👩‍👧', '🇩🇪', 'é', 'e\u0301', 'ß', '中文', 'العربية', 'हिन्दी', '한글', 'â€™', '…', '–', '𝒳']

const words = [
  'a', 'to', 'the', 'health', 'telemedicine', 'remote', 'care', 'patients', 'and', 'solutions', 'Future?', 'with:colon',
  'https://example.org/path/to/page?utm_source=x&utm_medium=y#part', '**bold**', '[link](https://example.org/)', '`code`',
  '# heading', '- item', '* item', '1. first', '> quote', 'key: value', 'a #comment', 'don\'t', '"quoted"', '{{< ref >}}',
  '{{ .Title }}', '<b>html</b>', '&amp;', 'C:\\path', '50%', '@name', '!important', 'tail:', ':head', '#tag', '---', '...'
]

const lookalikes = [
  '', '~', 'null', 'Null', 'NULL', 'nULL', 'true', 'True', 'TRUE', 'tRUE', 'false', 'False', 'FALSE',
  'y', 'Y', 'yes', 'Yes', 'YES', 'yEs', 'n', 'N', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF', 'oFF',
  '0', '-0', '+0', '00', '007', '08', '1', '-1', '+1', '12e03', '1e3', '1E3', '1e+3', '1e-3', '1.', '.5', '-.5', '+.5', '.5e3',
  '1.5', '1_000', '1_000.5', '_1', '1_', '0_1', '0x1F', '0xg', '0x', '-0x1f', '+0xFF', '0o17', '0o8', '0o', '0b101', '0b2', '0b',
  '0b1_0', '0x1_f', '685230.15', '.inf', '.Inf', '.INF', '-.inf', '+.inf', '.iNF', '.nan', '.NaN', '.NAN', '-.nan', 'NaN', 'Infinity',
  '1e400', '-1e400', '1e-400', '9007199254740993', '123456789012345678901234567890', '1:30', '12:30:45', '-1:30', '+1:30.5', '1:60',
  '190:20:30', '1:30.', '_:_', '1:', ':1', '1:2:', '2020-12-15', '2020-1-5', '2020-12-15T10:00:00Z', '2020-12-22T03:12:41.254000Z',
  '2020-12-15 10:00:00', '2020-12-15 10:00:00 +01:00', '2020-12-15t1:00:00-5', '2020-12-15  10:00:00.5 Z', '2020-13-45', '2020-12',
  '20-12-15', '2020-12-15T', '2020-12-15T10:00', '<<', '<', '=', '==', '-', '--', '---', '...', '.', '..', '?', ':', '- a', '? a',
  ': a', '-a', '?a', ':a', '&a', '*a', '!a', '!!str a', '|', '>', '|-', '>-', '%YAML', '@', '`', '[]', '{}', '[a', '{a', 'a]', 'a}',
  'a, b', ',', '#', '# a', 'a#b', 'a #b', 'a: b', 'a:b', 'a:', 'a :b', '"', '\'', '\'\'', '"a"', '\'a\'', 'it\'s', 'a"b', '__proto__',
  'constructor', 'toString', '0.0', '-0.0', '1e21', '1e+21', 'a\n', '\n', '\n\n', ' ', '  ', '\t', ' a', 'a ', '\ta', 'a\t', '\r', '\r\n'
]

const anywhere = [
  (r) => r.pick(indicators), (r) => r.pick(spaces), (r) => r.pick(odd), (r) => r.pick(signs),
  (r) => String.fromCharCode(r.int(0x20, 0x7E)), (r) => String.fromCodePoint(character(r))
]

function character (r) {
  const point = r.pick([r.int(0, 0xFF), r.int(0x100, 0xFFFF), r.int(0x10000, 0x10FFFF)])
  return point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point
}

function repeat (count, make) {
  return Array.from({ length: count }, make)
}

const soup = (r) => repeat(r.int(1, 12), () => r.pick(anywhere)(r)).join('')

const printableSoup = (r) => repeat(r.int(1, 10), () => r.pick([...indicators, 'a', 'b', '1', ' ', ' ', '\n', '😀', 'é'])).join('')

const oneWord = (r) => r.weighted([
  [6, () => r.pick(words)],
  [3, () => r.pick(['x', 'ab', 'é', '😀', '中']).repeat(r.int(1, 12))],
  [1, () => r.pick(signs)]
])

const gap = (r) => r.weighted([[30, () => ' '], [2, () => '  '], [1, () => '   '], [1, () => '\u00A0']])

/** words up to about the given length, so that folding happens at, just before and just after it */
function sentence (r, length) {
  let text = oneWord(r)
  while (text.length < length) text += gap(r) + oneWord(r)
  return r.chance(0.3) ? cut(text, length) : text
}

/** cut to a length in UTF-16 units, but never within a character */
function cut (text, length) {
  return text.slice(0, length).toWellFormed().replaceAll('\uFFFD', '')
}

const nearWidth = (r) => sentence(r, r.int(30, 90))
const long = (r) => sentence(r, r.int(80, 500))
const longWord = (r) => r.pick(['x', 'é', '😀', 'https://example.org/']).repeat(r.int(10, 100))

/** lines of which some are empty, long, or begin with blanks */
function lines (r) {
  const line = () => r.weighted([
    [3, () => nearWidth(r)], [2, () => sentence(r, r.int(1, 30))], [2, () => ''], [1, () => long(r)],
    [2, () => ' '.repeat(r.int(1, 6)) + sentence(r, r.int(1, 120))], [1, () => ' '.repeat(r.int(1, 3))], [1, () => r.pick(lookalikes)],
    [0.2, () => '\t' + oneWord(r)]
  ])
  return repeat(r.int(1, 6), line).join(r.chance(0.05) ? '\r\n' : '\n')
}

/** blanks and line feeds around a text */
function framed (r, text) {
  const edge = () => r.weighted([
    [12, () => ''], [3, () => '\n'.repeat(r.int(1, 5))], [2, () => ' '.repeat(r.int(1, 3))], [1, () => '\n '], [1, () => ' \n'],
    [0.3, () => '\t']
  ])
  return edge() + text + edge()
}

export function string (r) {
  const text = r.weighted([
    [4, () => r.pick(lookalikes)], [3, () => sentence(r, r.int(1, 40))], [3, () => nearWidth(r)], [2, () => long(r)], [3, () => lines(r)],
    [2, () => soup(r)], [2, () => printableSoup(r)], [1, () => longWord(r)], [1, () => r.pick(lookalikes) + r.pick(indicators)],
    [0.5, () => r.pick(lookalikes) + r.pick(lookalikes)]
  ])
  return (r.chance(0.2) ? framed(r, text) : text).toWellFormed()
}

export function key (r) {
  return r.weighted([
    [10, () => r.pick(['title', 'href', 'og:title', 'msvalidate.01', 'yandex-verification', 'articlemodified_time']) + r.int(0, 999)],
    [2, () => r.pick(lookalikes)], [2, () => string(r)], [0.2, () => bigKey(r)]
  ]).toWellFormed()
}

/** around the 1024 characters above which a key is written in the explicit form */
function bigKey (r) {
  const unit = r.pick(['k', 'é', '😀', '\'', '\x01', 'k: ', 'long '])
  return unit.repeat(Math.ceil(r.int(1000, 1040) / unit.length))
}
