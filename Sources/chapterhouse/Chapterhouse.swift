import ArgumentParser
import Service

/// The program: nouns, and what is done with them.
@main
struct Chapterhouse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chapterhouse",
        abstract:
            "Runs a referral group's year: members, meetings, referrals, thanks, and what it all returns.",
        discussion: """
            Start with: chapterhouse up --demo
            Then, from another terminal: chapterhouse report roi demo
            """,
        version: Release.version,
        subcommands: [
            Up.self, Serve.self, DatabaseCommands.self, RegionCommands.self, ChapterCommands.self,
            PersonCommands.self,
            MemberCommands.self, SeatCommands.self, OfficeCommands.self, MeetingCommands.self,
            AttendanceCommands.self,
            ReferralCommands.self, ThanksCommands.self, OneToOneCommands.self, EducationCommands.self,
            TestimonialCommands.self, IntroductionCommands.self, NeedCommands.self, OfferCommands.self,
            ContactCommands.self, FollowUpCommands.self,
            ScorecardCommands.self,
            VisitorCommands.self, ApplicationCommands.self, DuesCommands.self, AbsenceCommands.self,
            ActivityCommands.self,
            ReportCommands.self, MonthCommands.self,
            SlipCommands.self,
            ImportCommands.self, ExportCommands.self, AuditCommands.self, MailCommands.self, JobCommands.self,
            WebhookCommands.self, PrivacyCommands.self,
            ConfigCommands.self,
        ]
    )

    static func main() async {
        await Shell.main(of: self, arguments: Array(CommandLine.arguments.dropFirst()))
    }
}
