// A small seeded generator of random numbers (mulberry32): the same seed gives the same documents everywhere.

export class Random {
  constructor (seed) { this.state = seed >>> 0 }

  /** a number from 0 up to 1 */
  next () {
    this.state = (this.state + 0x6D2B79F5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** a whole number from low to high, both included */
  int (low, high) { return low + Math.floor(this.next() * (high - low + 1)) }

  chance (probability) { return this.next() < probability }

  pick (list) { return list[this.int(0, list.length - 1)] }

  /** what one of the functions returns; each is given as [weight, function] */
  weighted (choices) {
    let rest = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, choice] of choices) {
      rest -= weight
      if (rest < 0) return choice()
    }
    return choices[0][1]()
  }
}
