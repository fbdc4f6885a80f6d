enum PagesStub {}
