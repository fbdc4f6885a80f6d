enum ReferralGroupStub {}
