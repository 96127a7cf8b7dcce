package io.reportfiles.account;

import io.reportfiles.web.FieldError;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which accounts are asked for.
 *
 * @param text part of the name or the display name
 * @param state the state they are in
 */
record AccountListQuery(Optional<String> text, Optional<AccountState> state, PageRequest page) {

    private static final int MAX_PAGE = 1_000_000;

    /**
     * Reads the query.
     *
     * @throws ProblemException 400 with everything that is wrong
     */
    static AccountListQuery parse(MultivaluedMap<String, String> parameters) {
        List<FieldError> errors = new ArrayList<>();
        Optional<AccountState> state = find(parameters, "state").flatMap(name -> parseState(name, errors));
        int page = number(parameters, "page", 1, MAX_PAGE, errors);
        int size = number(parameters, "size", PageRequest.DEFAULT_SIZE, PageRequest.MAX_SIZE, errors);
        Optional<String> text = find(parameters, "q");
        if (text.filter(words -> words.length() > 200).isPresent()) {
            errors.add(new FieldError("q", "At most 200 characters can be searched for."));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new AccountListQuery(text, state, new PageRequest(page, size));
    }

    private static Optional<String> find(MultivaluedMap<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.getFirst(name)).filter(value -> !value.isBlank());
    }

    private static Optional<AccountState> parseState(String name, List<FieldError> errors) {
        Optional<AccountState> state = Arrays.stream(AccountState.values())
                .filter(constant -> constant.name().equals(name.toUpperCase(Locale.ROOT)))
                .findAny();
        if (state.isEmpty()) {
            errors.add(new FieldError("state", "Accepted are PENDING, ACTIVE and DEACTIVATED."));
        }
        return state;
    }

    private static int number(
            MultivaluedMap<String, String> parameters, String name, int fallback, int max, List<FieldError> errors) {
        String text = find(parameters, name).orElse(Integer.toString(fallback));
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > max) {
            errors.add(new FieldError(name, "Accepted are 1 to %d.".formatted(max)));
            return 1;
        }
        return number;
    }
}
