import ReferralGroup

/// Scheduled work: what failed or was given up, what waits, and what was done lately.
package func jobsPage(_ jobs: [JobRecord], for reader: Reader) -> HTML {
    let open = jobs.filter { $0.doneAt == nil }
    let done = jobs.filter { $0.doneAt != nil }
    return operatorPage(
        "Scheduled work",
        in: .jobs,
        for: reader,
        """
        <p class="hint">\(say: "Reminders and the like, each once for its occasion. What fails is tried again, up to eight times.")</p>
        \(open.isEmpty ? nothing("Nothing waits, and nothing was given up.") : table(of: open, "What waits or failed", reader))
        \(done.isEmpty ? .none : table(of: done, "Done lately", reader))
        """
    )
}

private func table(of jobs: [JobRecord], _ caption: Phrase, _ reader: Reader) -> HTML {
    """
    <div class="scroll" tabindex="0" role="region" aria-label="\(say: caption)"><table>
    <caption>\(say: caption)</caption>
    <thead><tr><th scope="col">\(say: "Due")</th><th scope="col" class="text">\(say: "What")</th>\
    <th scope="col" class="text">\(say: "Chapter")</th><th scope="col" class="text">\(say: "Occasion")</th>\
    <th scope="col" class="text">\(say: "Standing")</th><th scope="col">\(say: "Next try")</th>\
    <th scope="col" class="text">\(say: "Trouble")</th><td></td></tr></thead>
    <tbody>
    \(jobs.map { row(of: $0, reader) })</tbody></table></div>

    """
}

private func row(of job: JobRecord, _ reader: Reader) -> HTML {
    let next: HTML = [.waits, .failed].contains(job.standing) ? moment(job.nextTryAt) : "–"
    let again: HTML =
        [.failed, .givenUp].contains(job.standing)
        ? action("/operator/jobs/\(job.id)/retry", "Try again", reader.formToken) : .none
    let trouble =
        job.lastTrouble.map { "\($0)" as HTML } ?? job.skippedBecause.map { "\(say: Phrase(of: $0))" }
    return """
        <tr><th scope="row"><time datetime="\(job.dueAt)">\(moment(job.dueAt))</time></th><td class="text">\(say: KindOfWork(rawValue: job.kind)?.name ?? Phrase(of: job.kind))</td>\
        <td class="text">\(job.chapter ?? "–")</td><td class="text">\(job.occasion)</td><td class="text">\(standing(of: job))</td>\
        <td>\(next)</td><td class="text">\(trouble ?? .none)</td><td>\(again)</td></tr>

        """
}

private func standing(of job: JobRecord) -> HTML {
    switch job.standing {
    case .waits: chip("waits", .plain)
    case .failed: chip("tried \(count: job.tries) times", .warn)
    case .givenUp: chip("given up", .bad)
    case .done: chip("done", .plain)
    case .skipped: chip("skipped", .warn)
    }
}

extension KindOfWork {
    fileprivate var name: Phrase {
        switch self {
        case .planning: "Planning what is due"
        case .cleaning: "Forgetting old work"
        case .sealing: "Sealing the audit trail"
        case .addingUp: "Adding up months that are over"
        case .weeklyReminder: "Weekly reminder"
        case .monthlyReturn: "Monthly return by mail"
        case .absenceWarning: "Absence warning"
        case .handoverAhead: "An office changes hands tomorrow"
        case .handoverToday: "An office has changed hands"
        case .memberCare: "Looking after members"
        case .visitorReminder: "Reminding visitors"
        case .dailyDigest: "Daily digest"
        }
    }
}
