/** Claims about the user whom an access token stands for (OpenID Connect Core §5.3). */
@NullMarked
package dev.gatewright.userinfo;

import org.jspecify.annotations.NullMarked;
