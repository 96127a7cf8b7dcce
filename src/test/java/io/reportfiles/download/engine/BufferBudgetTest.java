package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.download.engine.BufferBudget.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BufferBudgetTest {

    private final BufferBudget budget = new BufferBudget(1000);

    @Test
    void aNeedMayTakeTheLastByteAndNotOneMore() {
        assertThat(budget.tryReserve(1000, Claim.NEED)).isTrue();
        assertThat(budget.tryReserve(1, Claim.NEED)).isFalse();
        assertThat(budget.reserved()).isEqualTo(1000);
    }

    @Test
    void lesserClaimsLeaveRoomForNeeds() {
        assertThat(budget.tryReserve(251, Claim.TRUST)).isFalse();
        assertThat(budget.tryReserve(250, Claim.TRUST)).isTrue();
        assertThat(budget.tryReserve(1, Claim.TRUST)).isFalse();
        assertThat(budget.tryReserve(625, Claim.SPEED)).isTrue();
        assertThat(budget.tryReserve(1, Claim.SPEED)).isFalse();
        assertThat(budget.tryReserve(125, Claim.NEED)).isTrue();
    }

    @Test
    void whoWaitsGetsWhatIsReleased() throws Exception {
        assertThat(budget.tryReserve(1000, Claim.NEED)).isTrue();
        CompletableFuture<Boolean> waiting = waitFor(100, Duration.ofSeconds(30));
        budget.release(100);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(budget.reserved()).isEqualTo(1000);
    }

    @Test
    void waitingEnds() {
        assertThat(budget.tryReserve(1000, Claim.NEED)).isTrue();
        assertThat(budget.awaitReserved(1, Duration.ofMillis(20))).isFalse();
        assertThat(budget.reserved()).isEqualTo(1000);
    }

    @Test
    void aCrowdIsNotKeptWaiting() throws Exception {
        assertThat(budget.tryReserve(1000, Claim.NEED)).isTrue();
        List<CompletableFuture<Boolean>> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crowd.add(waitFor(1, Duration.ofSeconds(30)));
        }
        long refused = 0;
        for (long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                refused < 24 && System.nanoTime() < deadline;
                Thread.sleep(5)) {
            refused = crowd.stream().filter(CompletableFuture::isDone).count();
        }
        assertThat(refused).as("turned away at once").isEqualTo(24);
        budget.release(1000);
        for (CompletableFuture<Boolean> one : crowd) {
            one.get(10, TimeUnit.SECONDS);
        }
        assertThat(budget.reserved()).isEqualTo(16);
    }

    @Test
    void moreThanWasReservedCannotBeReleased() {
        assertThatThrownBy(() -> budget.release(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatComesAndGoesInManyThreadsAddsUp() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int seed = i;
            all.add(CompletableFuture.runAsync(() -> comeAndGo(new Random(seed))));
        }
        for (CompletableFuture<Void> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
        assertThat(budget.reserved()).isZero();
    }

    private void comeAndGo(Random random) {
        for (int i = 0; i < 10_000; i++) {
            long wanted = random.nextInt(400);
            Claim claim = random.nextBoolean() ? Claim.NEED : Claim.SPEED;
            if (budget.tryReserve(wanted, claim)) {
                assertThat(budget.reserved()).isBetween(wanted, 1000L);
                budget.release(wanted);
            }
        }
    }

    private CompletableFuture<Boolean> waitFor(long wanted, Duration time) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(budget.awaitReserved(wanted, time)));
        thread.setDaemon(true);
        thread.start();
        return answer;
    }
}
