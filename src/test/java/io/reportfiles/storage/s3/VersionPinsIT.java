package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreFinding;
import io.reportfiles.storage.StoreHealth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Stores that name versions in their answers and can't be asked for them by these names. */
@Timeout(60)
class VersionPinsIT {

    private static final int PART = 5 << 20;

    @TempDir
    Path directory;

    private LocalS3 server;
    private FaultProxy proxy;
    private StoreUnderTest direct; // not through the proxy
    private StoreUnderTest store;

    @BeforeEach
    void start() throws IOException {
        server = LocalS3.start(directory, 0, new LocalS3.Credentials("tester", "not-a-secret"));
        proxy = FaultProxy.before(server.endpoint());
        direct = StoreUnderTest.at(server.endpoint());
        direct.store().createBucketIfMissing();
        store = StoreUnderTest.at(proxy.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        direct.close();
        proxy.close();
        server.close();
    }

    private void knowNo(String requests, int status, String code) {
        proxy.set(new Fault.AnswerSome(Pattern.compile(requests), Fault.Answer.s3Error(status, code)));
    }

    private static ObjectKey freshKey() {
        return new ObjectKey("pins/" + UUID.randomUUID());
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static ObjectVersion stored(StoreUnderTest in, ObjectKey key, byte[] content) throws IOException {
        return in.store()
                .store(key, new ByteArrayInputStream(content), content.length)
                .version();
    }

    private void assertReads(ObjectVersion version, byte[] content) throws IOException {
        for (ByteRange part : new ByteRange[] {ByteRange.whole(content.length), new ByteRange(3, 4)}) {
            try (ObjectContent read = store.store().open(version, part)) {
                assertThat(read.readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(content, (int) part.offset(), (int) part.end()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'versionId=|[?&]versions|[?&]versioning', 501, NotImplemented",
        "'versionId=|[?&]versioning', 405, MethodNotAllowed",
        "'versionId=', 400, InvalidArgument",
        "'versionId=', 501, NotImplemented",
        "'versionId=', 404, NoSuchVersion",
        "'versionId=', 403, AccessDenied"
    })
    void whatIsStoredIsReadByItsEntityTag(String requests, int status, String code) throws IOException {
        knowNo(requests, status, code);
        for (int size : new int[] {10, PART + 1}) {
            byte[] content = content(size);
            ObjectVersion version = stored(store, freshKey(), content);
            assertThat(version.versionId()).isEmpty();
            assertReads(version, content);
            assertThat(store.store().check().isUsable()).isTrue();
            store.store().delete(version);
            assertThatThrownBy(() -> store.store().open(version, ByteRange.whole(1)))
                    .isInstanceOf(ObjectMissingException.class);
        }
    }

    @Test
    void objectsAreListedWhereTheirVersionsCannotBe() throws IOException {
        ObjectVersion named = stored(direct, freshKey(), content(11));
        knowNo("versionId=|[?&]versions|[?&]versioning", 501, "NotImplemented");
        ObjectVersion unnamed = stored(store, freshKey(), content(10));
        List<ListedObject> listed = new ArrayList<>();
        store.store().inventory().objects("pins/", listed::addAll);
        for (ObjectVersion pin : List.of(named, unnamed)) {
            assertThat(listed)
                    .filteredOn(object -> object.isPinnedBy(pin))
                    .singleElement()
                    .satisfies(object -> {
                        assertThat(object.key()).isEqualTo(pin.key().value());
                        assertThat(object.versionId()).isEmpty();
                        assertThat(object.size()).isIn(10L, 11L);
                        assertThat(object.since())
                                .isBetween(
                                        Instant.now().minusSeconds(120),
                                        Instant.now().plusSeconds(5));
                    });
        }
    }

    @Test
    void versionsAreTriedWhereTheBucketMayNotBeAskedForThem() throws IOException {
        knowNo("[?&]versioning", 403, "AccessDenied");
        byte[] content = content(10);
        ObjectVersion version = stored(store, freshKey(), content);
        assertThat(version.versionId()).isPresent();
        assertReads(version, content);
    }

    @Test
    void bucketThatKeepsNoVersionsIsPinnedByEntityTagUntilItDoes() throws IOException {
        StoreHealth.State[] states = new StoreHealth.State[2];
        try (StoreUnderTest lax = StoreUnderTest.at(server.endpoint(), "s3.bucket", "lax-" + UUID.randomUUID())) {
            lax.store().createBucketIfMissing();
            turnVersioning(lax, BucketVersioningStatus.SUSPENDED);
            assertThat(stored(lax, freshKey(), content(10)).versionId()).isEmpty();
            states[0] = lax.store().check().state();
            turnVersioning(lax, BucketVersioningStatus.ENABLED);
            states[1] = lax.store().check().state();
            assertThat(stored(lax, freshKey(), content(10)).versionId()).isPresent();
        }
        assertThat(states).containsExactly(StoreHealth.State.DEGRADED, StoreHealth.State.READY);
    }

    @Test
    void keysAreListedWithThoseThatADeletionHidesWhereVersionsAre() throws IOException {
        String prefix = "keys/" + UUID.randomUUID() + "/";
        stored(direct, new ObjectKey(prefix + "1"), content(10));
        stored(direct, new ObjectKey(prefix + "2"), content(10));
        direct.client().deleteObject(request -> request.bucket(direct.bucket()).key(prefix + "1"));
        assertThat(keysBelow(prefix)).containsExactlyInAnyOrder(prefix + "1", prefix + "2");
        knowNo("[?&]versions", 501, "NotImplemented");
        assertThat(keysBelow(prefix)).containsExactly(prefix + "2");
        knowNo("[?&]versions", 403, "AccessDenied");
        assertThatThrownBy(() -> keysBelow(prefix)).isInstanceOf(ObjectStoreException.class);
    }

    private List<String> keysBelow(String prefix) throws IOException {
        List<String> found = new ArrayList<>();
        store.store().inventory().keys(prefix, found::addAll);
        return found;
    }

    private static void turnVersioning(StoreUnderTest in, BucketVersioningStatus status) {
        in.client()
                .putBucketVersioning(request ->
                        request.bucket(in.bucket()).versioningConfiguration(versioning -> versioning.status(status)));
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "404, NoSuchVersion", "400, InvalidArgument"})
    void rowsWithAnUnreadableIdHealAndNeverGetOtherBytes(int status, String code) throws IOException {
        byte[] content = content(PART + 1);
        ObjectKey key = freshKey();
        ObjectVersion pinned = stored(direct, key, content);
        assertThat(pinned.versionId()).isPresent();
        knowNo("versionId=", status, code);
        assertReads(pinned, content);

        ObjectVersion other = stored(direct, key, content(PART + 2));
        assertThatThrownBy(() -> store.store().open(pinned, ByteRange.whole(10)))
                .isInstanceOf(ObjectStoreException.class);
        if (status == 404) { // as if it were deleted already
            store.store().delete(pinned);
        } else {
            assertThatThrownBy(() -> store.store().delete(pinned)).isInstanceOf(ObjectStoreException.class);
        }
        assertReads(other, content(PART + 2));

        store.store().delete(other);
        assertThatThrownBy(() -> store.store().open(other, ByteRange.whole(10)))
                .isInstanceOf(ObjectStoreException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"versionId=|[?&]versions|[?&]versioning", "[?&]versioning"})
    void examinationReadsAsDownloadsDo(String requests) {
        knowNo(requests, 501, "NotImplemented");
        assertThat(store.store().doctor().examine())
                .extracting(StoreFinding::verdict)
                .doesNotContain(StoreFinding.Verdict.BAD);
    }

    @Test
    void storeThatDoesNotLetUsReadIsNotReady() throws IOException {
        ObjectVersion version = stored(store, freshKey(), content(10));
        assertThat(store.store().check().isUsable()).isTrue();
        knowNo("^GET /reports/(pins|storage-check)/", 403, "AccessDenied");
        assertThat(store.store().check())
                .satisfies(health -> assertThat(health.state()).isEqualTo(StoreHealth.State.DOWN))
                .satisfies(health -> assertThat(health.summary()).startsWith("What was stored can not be read."));
        assertThat(store.store().doctor().examine())
                .filteredOn(finding -> finding.check() == StoreFinding.Check.RANGES)
                .extracting(StoreFinding::verdict)
                .containsExactly(StoreFinding.Verdict.BAD);
        proxy.lift();
        assertThat(store.store().check().isUsable()).isTrue();
        direct.store().delete(version);
        assertThat(store.store().check().isUsable())
                .as("what was removed is no sign")
                .isTrue();
    }
}
