package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.engine.StreamSlots.Holder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamSlotsTest {

    private final StreamSlots slots = new StreamSlots(2);

    @Test
    void noMoreAreHeldThanThereAre() {
        assertThat(slots.take(new Noting())).isTrue();
        assertThat(slots.take(new Noting())).isTrue();
        assertThat(slots.take(new Noting())).isFalse();
    }

    @Test
    void aReleasedSlotGoesToWhoeverWaitedLongest() {
        Noting first = taken();
        taken();
        Noting waiting = waiting();
        Noting later = waiting();
        slots.release(first);
        assertThat(waiting.granted).isEqualTo(1);
        assertThat(later.granted).isZero();
    }

    @Test
    void whoWaitsWithAThreadGoesFirst() throws Exception {
        Noting first = taken();
        taken();
        Noting underWay = waiting();
        CompletableFuture<Boolean> beginning = new CompletableFuture<>();
        Thread thread = new Thread(() ->
                beginning.complete(slots.takeWithin(Duration.ofSeconds(20)).isPresent()));
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        slots.release(first);
        assertThat(beginning.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(underWay.granted).isZero();
    }

    @Test
    void theLongestIdleIsAskedWhenSlotsRunOut() {
        Noting idlest = taken();
        Noting idle = taken();
        assertThat(slots.keepWhileIdle(idlest, false)).isTrue();
        assertThat(slots.keepWhileIdle(idle, false)).isTrue();
        waiting();
        assertThat(idlest.askedBack).isEqualTo(1);
        assertThat(idle.askedBack).isZero();
        waiting();
        assertThat(idle.askedBack).isEqualTo(1);
    }

    @Test
    void whoUsesItsSlotAgainIsNotAsked() {
        Noting busy = taken();
        taken();
        slots.keepWhileIdle(busy, false);
        slots.resume(busy);
        waiting();
        assertThat(busy.askedBack).isZero();
    }

    @Test
    void nobodyKeepsASlotIdleWhileOthersWait() {
        Noting slow = taken();
        taken();
        waiting();
        assertThat(slots.keepWhileIdle(slow, false)).isFalse();
    }

    @Test
    void slowReadersKeepNoneOfTheLastQuarter() {
        StreamSlots many = new StreamSlots(8);
        Noting holder = new Noting();
        for (int i = 0; i < 6; i++) {
            assertThat(many.take(holder)).isTrue();
        }
        assertThat(many.keepWhileIdle(new Noting(), true)).isTrue();
        many.take(holder);
        assertThat(many.keepWhileIdle(new Noting(), true)).isFalse();
        assertThat(many.keepWhileIdle(new Noting(), false)).isTrue();
    }

    @Test
    void whoStopsWaitingGetsNoSlot() {
        Noting first = taken();
        taken();
        Noting impatient = waiting();
        assertThat(slots.cancel(impatient)).isTrue();
        slots.release(first);
        assertThat(impatient.granted).isZero();
        assertThat(slots.take(new Noting())).isTrue();
    }

    @Test
    void stoppingToWaitTooLateIsSaid() {
        Noting first = taken();
        taken();
        Noting late = waiting();
        slots.release(first);
        assertThat(slots.cancel(late)).isFalse();
    }

    private Noting taken() {
        Noting holder = new Noting();
        assertThat(slots.take(holder)).isTrue();
        return holder;
    }

    private Noting waiting() {
        Noting holder = new Noting();
        assertThat(slots.take(holder)).isFalse();
        return holder;
    }

    private static final class Noting implements Holder {
        private int granted;
        private int askedBack;

        @Override
        public void granted() {
            granted++;
        }

        @Override
        public void askedBack() {
            askedBack++;
        }
    }
}
