interface Node {
  readonly key: string
  readonly states: { readonly [key: string]: Node }
  readonly initial?: { readonly target?: readonly Node[] } | undefined
  readonly transitions: ReadonlyMap<string, readonly { readonly target?: readonly Node[] | undefined }[]>
}

/** The leaf that entering a state comes to. */
function leafOf(node: Node): string {
  const [inner] = node.initial?.target ?? []
  return inner === undefined ? node.key : leafOf(inner)
}

/**
 * Events of a machine that lead from one leaf state into another in one step, whatever their guards say: what somebody should have sent who changed a
 * state by hand. Empty: no step leads there.
 */
export function eventsBetween(machine: { readonly root: unknown }, from: string, to: string): readonly string[] {
  const found: string[] = []
  const walk = (node: Node, around: readonly Node[]): void => {
    const path = [...around, node]
    const children = Object.values(node.states)
    for (const child of children) walk(child, path)
    if (children.length > 0 || node.key !== from) return
    for (const { transitions } of path)
      for (const [event, branches] of transitions)
        if (branches.some(({ target = [] }) => target.some((one) => leafOf(one) === to))) found.push(event)
  }
  walk(machine.root as Node, [])
  return [...new Set(found)].sort()
}
