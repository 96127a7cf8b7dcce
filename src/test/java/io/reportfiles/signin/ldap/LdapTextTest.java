package io.reportfiles.signin.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What a value is in a filter or a name, another implementation says. */
class LdapTextTest {

    @Property
    void valueStaysOneValueInAFilter(
            @ForAll @StringLength(min = 1, max = 30) @CharRange(from = ' ', to = '\u00ff') String name)
            throws LDAPException {
        Filter filter = Filter.create(LdapText.filter("(&(objectClass=person)(uid={name}))", Map.of("name", name)));

        assertThat(filter.getComponents()).hasSize(2);
        assertThat(filter.getComponents()[1].getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
        assertThat(filter.getComponents()[1].getAssertionValue()).isEqualTo(name);
    }

    @Property
    void valueStaysOneValueInAName(
            @ForAll @StringLength(min = 1, max = 30) @CharRange(from = ' ', to = '\u00ff') String name)
            throws LDAPException {
        DN dn = new DN(LdapText.dn("uid={name},ou=people,dc=example,dc=org", name));

        assertThat(dn.getRDNs()).hasSize(4);
        assertThat(dn.getRDN().getAttributeValues()).containsExactly(name);
    }

    @Test
    void whatAValueBringsAlongIsNoPlaceholder() {
        assertThat(LdapText.filter("(|(member={dn})(memberUid={name}))", Map.of("name", "{dn}", "dn", "cn=$1\\{name}")))
                .isEqualTo("(|(member=cn=$1\\5c{name})(memberUid={dn}))");
        assertThat(LdapText.escapeInFilter("*)(uid=*))(|(uid=*\0"))
                .isEqualTo("\\2a\\29\\28uid=\\2a\\29\\29\\28|\\28uid=\\2a\\00");
    }
}
