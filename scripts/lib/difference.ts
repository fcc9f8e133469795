/** The first lines on which two texts differ, as `-` committed and `+` current, for a report that a person reads. */
export function difference(before: string, after: string, atMost = 40): string {
  const old = before.split('\n')
  const now = after.split('\n')
  const lines: string[] = []
  let i = 0
  let j = 0
  while ((i < old.length || j < now.length) && lines.length < atMost) {
    if (old[i] === now[j]) {
      i++
      j++
      continue
    }
    // The nearest line where both texts agree again; what lies before it was removed or added.
    const [removed, added] = nextAgreement(old, now, i, j)
    for (const line of old.slice(i, i + removed)) lines.push(`- ${line}`)
    for (const line of now.slice(j, j + added)) lines.push(`+ ${line}`)
    i += removed
    j += added
  }
  return lines.length > atMost ? [...lines.slice(0, atMost), '…'].join('\n') : lines.join('\n')
}

const nextAgreement = (old: readonly string[], now: readonly string[], i: number, j: number): readonly [number, number] => {
  const reach = old.length - i + (now.length - j)
  for (let distance = 1; distance <= reach; distance++) {
    for (let removed = 0; removed <= distance; removed++) {
      const added = distance - removed
      if (i + removed < old.length && j + added < now.length && old[i + removed] === now[j + added]) return [removed, added]
    }
  }
  return [old.length - i, now.length - j]
}
