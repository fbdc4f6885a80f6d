import Hummingbird
import ReferralGroup
import Storage

/// A request from anyone.
package struct AnyoneContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Who showed a valid token, once `Authentication` has looked.
    var bearer: Bearer?
    var chapter: Chapter?

    package init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}

/// A request from somebody who belongs to the chapter in the address and may see at least its totals.
///
/// A route that takes one cannot be reached by anyone else.
struct ReaderContext: ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let chapter: Chapter
    let actor: Actor

    init(context: AnyoneContext) throws {
        guard let bearer = context.bearer else { throw Problem.unauthorized }
        // A chapter to which one does not belong looks like one that is not there.
        guard let chapter = context.chapter, bearer.standing.belongs else { throw Problem.notFound }
        coreContext = context.coreContext
        self.chapter = chapter
        actor = Actor(bearer, door: .api, requestID: context.id)
        guard actor.may(.seeChapterTotals) else { throw Problem.forbidden("to see the chapter's figures") }
    }
}
