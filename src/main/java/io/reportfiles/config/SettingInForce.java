package io.reportfiles.config;

import java.util.Optional;

/**
 * What a setting is, as operators may see it.
 *
 * @param name the property name
 * @param value the text that counts; empty when there is none, and for secrets
 * @param secret whether there is a value that is not shown
 * @param source where the value comes from; empty for the default
 */
public record SettingInForce(String name, Optional<String> value, boolean secret, Optional<String> source) {}
