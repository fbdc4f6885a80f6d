import Exchange
import Hummingbird
import ReferralGroup
import Storage

/// Closed business, with thanks to whoever brought it.
struct ThanksRoutes {
    let database: Database
    private static let noSuchReferral =
        "there is no such referral, or whoever earned neither gave nor received it, nor was it passed on to them"

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: list)
        routes.inChapter(.post, "", needs: .recordOwnSlips, use: record)
    }

    func list(_ request: Request, context: ChapterContext) async throws -> Response {
        let portion = try Portion(request)
        let thanks = try await context.acting(in: database).run(
            .thanks(of: context.chapter.id, portion.slice, concerning: context.ownOnly)
        )
        return Response(thanks, of: portion, request, id: \.id) { thanks, writer in
            writer.member("id", thanks.id.description)
            writer.member("date", thanks.closedOn.description)
            writer.member("earner", thanks.earner)
            writer.member("thanked", thanks.thanked)
            writer.member("amount", thanks.amount)
            writer.member("repeat", thanks.isRepeat)
            writer.member("tier", number: thanks.tier)
            writer.member("provisional", thanks.isProvisional)
        }
    }

    func record(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let acting = context.acting(in: database)
        let date = try body.date("date")
        let earner = try await body.party("earner", in: acting, on: date)
        let thanked = try await body.party("thanked", in: acting, on: date)
        let draft = ThanksDraft(
            earner: try earner ?? context.oneself(body, "earner"),
            thanked: try body.required(thanked, "thanked"),
            amount: try body.required(body.money("amount", in: context.chapter), "amount"),
            referral: try body.value("referral", SlipID.self, "the id of a referral"),
            isRepeat: try body.bool("repeat") ?? false,
            tier: try body.whole("tier", ReferralRoutes.tiers),
            closedOn: date
        )
        try body.end()
        try context.mayRecord(for: [draft.earner])
        return try await context.write(request, body.bytes, in: database) { transaction in
            do {
                return .made(try await transaction.record(draft), at: request.place)
            } catch Unknown.referral {
                throw body.unfit("referral", ThanksRoutes.noSuchReferral)
            } catch let refused as Refused where refused.rule == .referralOfOthers {
                // Who has no part in a referral does not learn whether it is there.
                throw body.unfit("referral", ThanksRoutes.noSuchReferral)
            }
        }
    }
}
