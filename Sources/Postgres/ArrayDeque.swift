/// A queue that gives from its front without moving the rest each time.
struct ArrayDeque<Element> {
    private var elements: [Element?] = []
    private var head = 0

    var isEmpty: Bool {
        head == elements.count
    }

    var count: Int {
        elements.count - head
    }

    var first: Element? {
        head < elements.count ? elements[head] : nil
    }

    var all: [Element] {
        elements[head...].compactMap(\.self)
    }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let first = elements[head].take()
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1024, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return first
    }

    mutating func popLast() -> Element? {
        isEmpty ? nil : elements.removeLast()
    }
}
