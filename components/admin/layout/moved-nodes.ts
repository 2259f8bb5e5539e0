/**
 * Page translation and extensions put text into elements of their own (`<font>`). React then removes or inserts at nodes that have another parent, which
 * throws, and the whole page is replaced by its error page. Here the part of the parent that now holds the node takes its place; a node that was
 * taken out of the page is left alone. https://github.com/facebook/react/issues/11538
 */
export function tolerateMovedNodes({ prototype }: typeof Node = Node) {
  const { insertBefore, removeChild } = prototype
  /** The child of a parent that contains a node; null where it is elsewhere. */
  function holderOf(node: Node, parent: Node): Node | null {
    let holder: Node | null = node
    while (holder && holder.parentNode !== parent) holder = holder.parentNode
    return holder
  }
  prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    if (child.parentNode === this) return removeChild.call(this, child) as Child
    const holder = holderOf(child, this)
    if (holder) removeChild.call(this, holder)
    return child
  }
  prototype.insertBefore = function <Child extends Node>(this: Node, child: Child, before: Node | null): Child {
    const place = before === null || before.parentNode === this ? before : holderOf(before, this)
    return insertBefore.call(this, child, place) as Child
  }
}
