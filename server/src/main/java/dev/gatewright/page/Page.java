package dev.gatewright.page;

/** What is on one page. The record's name is the page's; {@link Pages} knows its template. */
public sealed interface Page
    permits AccountPage,
        ConsentPage,
        DeviceCodePage,
        DeviceConsentPage,
        DeviceDecidedPage,
        ErrorPage,
        FormPostPage,
        HomePage,
        LoggedOutPage,
        LoginPage,
        LogoutPage,
        ProfilePage,
        SelectAccountPage,
        SessionsPage,
        SignUpPage,
        SwaggerUiPage {}
