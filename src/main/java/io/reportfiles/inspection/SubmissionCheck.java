package io.reportfiles.inspection;

import java.util.List;

/**
 * Something that the files of a section have to be, and that can only be told from their bytes. A CDI bean of this type is
 * found by itself; a section names the checks that its files have to pass. Any number of threads may ask at once.
 */
public interface SubmissionCheck {

    /** What sections call it: 1 to 32 lower-case letters, digits or hyphens; no two checks have the same. */
    String name();

    /** Begins to look into one file. */
    Look begin();

    /** One file that passes; for one thread. Keeps no more of it than it has to. */
    interface Look {

        /** Takes the next bytes of the file, which are not to be changed or kept. */
        void take(byte[] bytes, int offset, int length);

        /**
         * Why the file is not acceptable; asked once, after the last byte.
         *
         * @return a sentence for each reason, for the person who submits it; none for a file that is fine
         */
        List<String> reasons();
    }
}
