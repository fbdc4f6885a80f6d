import ReferralGroup

/// What others see and saw of a person's own figures, and what is kept about them.
package struct PrivacyView: Sendable {
    /// A chapter of theirs, and whether its leaders see what they earned there.
    package struct Sharing: Sendable {
        package let chapter: Chapter.Slug
        package let chapterName: String
        package let member: Membership.ID
        package let isShared: Bool

        package init(chapter: Chapter.Slug, chapterName: String, member: Membership.ID, isShared: Bool) {
            self.chapter = chapter
            self.chapterName = chapterName
            self.member = member
            self.isShared = isShared
        }
    }

    /// Somebody looked.
    package struct Look: Sendable {
        package let id: String
        package let at: Instant
        /// Nil for the operator's shell.
        package let reader: String?
        package let chapter: String
        package let door: Door?
        package let seen: Seen?
        package let month: Month?

        package init(
            id: String,
            at: Instant,
            reader: String?,
            chapter: String,
            door: Door?,
            seen: Seen?,
            month: Month?
        ) {
            self.id = id
            self.at = at
            self.reader = reader
            self.chapter = chapter
            self.door = door
            self.seen = seen
            self.month = month
        }
    }

    /// What was looked at.
    package enum Seen: String, CaseIterable, Sendable {
        case monthlyReturn = "monthly-return"
        case ownData = "own-data"
        case thanks, quality, matrix, time, card, visitor, prospect, application

        fileprivate var words: Phrase {
            switch self {
            case .monthlyReturn: "your monthly return"
            case .thanks: "what you gave thanks for"
            case .quality: "the quality of your referrals"
            case .matrix: "business between you and others"
            case .time: "your return on time"
            case .ownData: "everything that is kept about you"
            case .card: "a card that you share"
            case .visitor: "how you can be reached, from your visit"
            case .prospect: "how you can be reached, from a referral"
            case .application: "how you can be reached, from your application"
            }
        }
    }

    package let sharing: [Sharing]
    package let looks: [Look]
    package let isFirst: Bool
    package let hasMore: Bool

    package init(sharing: [Sharing], looks: [Look], isFirst: Bool, hasMore: Bool) {
        self.sharing = sharing
        self.looks = looks
        self.isFirst = isFirst
        self.hasMore = hasMore
    }
}

package func privacyPage(_ view: PrivacyView, formToken: FormToken) -> HTML {
    let place = "/account/privacy" as HTML
    let further: HTML? = view.hasMore ? view.looks.last.map { "\(place)?before=\($0.id)" } : nil
    let looks: HTML =
        view.looks.isEmpty
        ? nothing("Nobody has looked at your figures but you.")
        : "<ul class=\"plain\">\n\(view.looks.map(look))</ul>\n"
    return page(
        title: "\(say: "Privacy")",
        """
        <p class="crumb"><a href="/account">\(say: "Account")</a></p>
        <h1>\(say: "Privacy")</h1>
        <div class="cards">
        <section class="card" id="sharing">
        <h2>\(say: "Who may see what you earned")</h2>
        <p class="hint">\(say: "What you earned, and your return, is yours alone, unless you share it or your chapter has decided to. Sums that hide single members hold it in any case.")</p>
        \(view.sharing.isEmpty ? nothing("You are a member of no chapter.") : "<ul class=\"plain\">\n\(view.sharing.map(sharing))</ul>\n")</section>
        <section class="card" id="looks">
        <h2>\(say: "Who looked")</h2>
        <p class="hint">\(say: "Each time somebody else could read private figures of yours, by a page, a program or the operator’s shell. Who saw a card of yours, or how to reach you as a visitor, stands here once a day.")</p>
        \(looks)\(pager(previous: view.isFirst ? nil : place, next: further))</section>
        <section class="card" id="data">
        <h2>\(say: "What is kept about you")</h2>
        <p>\(say: "All of it, from every chapter, as a file that you and programs can read. It is yours alone: you are asked for your password first, unless you gave it in the last quarter of an hour.")</p>
        <form method="post" action="\(place)/data">
        \(formToken.field)
        <button class="quiet">\(say: "Download it")</button>
        </form>
        </section>
        </div>
        """
    )
}

private func sharing(_ one: PrivacyView.Sharing) -> HTML {
    let state: Phrase = one.isShared ? "its leaders see it" : "its leaders do not see it"
    return """
        <li><span class="who"><b>\(one.chapterName)</b><span class="hint">\(say: state)</span></span> \
        <a class="button quiet" href="/chapters/\(one.chapter)/members/\(one.member)/change">\(say: "Change it")</a></li>

        """
}

private func look(_ look: PrivacyView.Look) -> HTML {
    let reader: HTML = look.reader.map { "\($0)" } ?? "\(say: "The operator’s shell")"
    let what: HTML = look.seen.map { "\(say: $0.words)" } ?? "\(say: "private figures")"
    let month: HTML = look.month.map { ", \($0, .long)" } ?? .none
    let door: HTML = look.door.map { " · \(say: $0.word)" } ?? .none
    return """
        <li><span class="who"><b>\(reader)</b><span class="hint">\(what)\(month) · \(look.chapter)\(door)</span></span> \
        <span class="hint">\(moment(look.at))</span></li>

        """
}
