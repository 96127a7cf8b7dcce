package io.reportfiles.signin;

import io.reportfiles.config.AccountSettings;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Keeps the session's cookie on encrypted connections where the operator says that there are no others. The servers look
 * only at how a request came to them, which a proxy may have decrypted.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Inject
    private AccountSettings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (settings.secureCookie()) {
            event.getServletContext().getSessionCookieConfig().setSecure(true);
        }
    }
}
