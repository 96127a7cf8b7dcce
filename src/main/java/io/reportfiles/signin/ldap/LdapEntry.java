package io.reportfiles.signin.ldap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;

/**
 * What was read of an entry.
 *
 * @param dn its distinguished name
 * @param values by the attribute's name in lower case, without blank ones
 */
record LdapEntry(String dn, Map<String, List<String>> values) {

    static LdapEntry of(String dn, Attributes attributes) throws NamingException {
        Map<String, List<String>> values = new HashMap<>();
        NamingEnumeration<? extends Attribute> all = attributes.getAll();
        while (all.hasMore()) {
            Attribute attribute = all.next();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < attribute.size(); i++) {
                texts.add(text(attribute.get(i)));
            }
            texts.removeIf(String::isBlank);
            values.put(key(attribute.getID()), List.copyOf(texts));
        }
        return new LdapEntry(dn, values);
    }

    /** Active Directory's ids are bytes. */
    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }

    private static String key(String attribute) {
        return attribute.toLowerCase(Locale.ROOT);
    }

    List<String> all(String attribute) {
        return values.getOrDefault(key(attribute), List.of());
    }

    Optional<String> first(String attribute) {
        return all(attribute).stream().findFirst();
    }
}
