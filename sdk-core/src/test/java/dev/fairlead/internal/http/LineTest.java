package dev.fairlead.internal.http;

import static dev.fairlead.internal.http.Harness.answer;
import static dev.fairlead.internal.http.Harness.create;
import static dev.fairlead.internal.http.Harness.cut;
import static dev.fairlead.internal.http.Harness.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.CallOptions;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Repeat;
import dev.fairlead.spi.ServiceErrors;
import dev.fairlead.spi.ServiceSpec;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {
    @Test
    void call_success_returnsBodyAndSendsOurHeaders() throws IOException {
        try (Harness h = new Harness(b -> b, e -> e.bearer("s3cret").putHeader("X-Team", "ml"))) {
            assertThat(h.calls().call(read().build())).isEqualTo("{\"ok\":true}");
            Map<String, java.util.List<String>> sent = h.requests.get(0).headers();
            assertThat(sent.get("Authorization")).containsExactly("Bearer s3cret");
            assertThat(sent.get("X-team")).containsExactly("ml");
            assertThat(sent.get("User-agent").get(0)).startsWith("fairlead/");
            assertThat(sent.get("Traceparent").get(0)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
            assertThat(sent.get("Accept-encoding")).containsExactly("identity");
        }
    }

    @Proves("core.one-retry-layer")
    @Test
    void call_retriesOff_sendsOnePostOn503() throws IOException {
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> {})) {
            h.always(answer(503, "busy", "Retry-After", "0"));
            assertThatThrownBy(() -> h.calls().call(create().build())).isInstanceOf(UnavailableException.class);
            assertThat(h.requests).hasSize(1);
        }
    }

    /** The safety matrix: who is repeated when the server answered so. Two requests mean repeated, one means not. */
    @Proves("core.retry.by-operation")
    @ParameterizedTest(name = "{0} on {1} retry-after {2}: {3} requests")
    @CsvSource({
        "safe,500,,2",
        "safe,502,,2",
        "safe,503,,2",
        "safe,504,,2",
        "safe,429,,2",
        "safe,408,,2",
        "safe,400,,1",
        "safe,401,,1",
        "safe,403,,1",
        "safe,404,,1",
        "safe,409,,1",
        "safe,501,,1",
        "refused,500,,1",
        "refused,502,,1",
        "refused,503,,1",
        "refused,504,,1",
        "refused,429,,2",
        "refused,503,0,2",
        "refused,409,,1",
        "reconcile,500,,2",
        "reconcile,503,,2",
        "reconcile,409,,1",
        "reconcile,429,,2",
    })
    void call_status_isRepeatedByOperation(String repeat, int status, String retryAfter, int expected)
            throws IOException {
        try (Harness h = new Harness(b -> b.retry(r -> r.withMaxAttempts(2)), e -> {})) {
            h.always(retryAfter == null ? answer(status, "no") : answer(status, "no", "Retry-After", retryAfter));
            CallSpec<String> spec = create().repeat(repeatOf(repeat)).build();
            assertThatThrownBy(() -> h.calls().call(spec)).isInstanceOf(ServiceException.class);
            assertThat(h.requests).hasSize(expected);
        }
    }

    private static Repeat<String> repeatOf(String name) {
        return switch (name) {
            case "safe" -> Repeat.safe();
            case "refused" -> Repeat.onlyIfRefused();
            default -> Repeat.reconcile(deadline -> Optional.empty());
        };
    }

    @Test
    void call_cutAfterSending_isRepeatedOnlyWhereSafe() throws IOException {
        try (Harness h = new Harness()) {
            h.then(cut());
            assertThat(h.calls().call(read().build())).contains("ok");
            h.then(cut());
            TransportException lost = catchThrowableOfType(
                    TransportException.class, () -> h.calls().call(create().build()));
            assertThat(lost.outcomeUnknown()).isTrue();
            assertThat(lost).hasMessageContaining("mlflow things/create").hasMessageContaining("may have acted on it");
            assertThat(h.requests).hasSize(3);
        }
    }

    @Proves("core.retry.reconcile")
    @Test
    void call_replyLostOfReconciledCreate_adoptsWhatWasMade() throws IOException {
        try (Harness h = new Harness()) {
            h.then(cut());
            AtomicInteger looked = new AtomicInteger();
            String made = h.calls()
                    .call(create().repeat(Repeat.reconcile(d -> {
                                looked.incrementAndGet();
                                return Optional.of("the first one");
                            }))
                            .build());
            assertThat(made).isEqualTo("the first one");
            assertThat(looked).hasValue(1);
            assertThat(h.requests).hasSize(1);
        }
    }

    @Test
    void call_reconcileFindsNothing_sendsAgain() throws IOException {
        try (Harness h = new Harness()) {
            h.then(cut());
            assertThat(h.calls()
                            .call(create().repeat(Repeat.reconcile(d -> Optional.empty()))
                                    .build()))
                    .contains("ok");
            assertThat(h.requests).hasSize(2);
        }
    }

    @Proves("core.retry.connect")
    @Test
    void call_nothingListens_isRepeatedAndNamesTheSetting() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Harness h = new Harness(b -> b, e -> e.uri(URI.create("http://127.0.0.1:" + port)))) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> h.calls().call(create().build()));
            assertThat(failure.outcomeUnknown()).isFalse();
            assertThat(failure)
                    .hasMessageContaining("connection refused")
                    .hasMessageContaining("attempt 3 of 3")
                    .hasMessageContaining("the setting mlflow.uri");
            assertThat(failure.details().attempts()).hasSize(3);
            assertThat(h.clock.sleeps()).hasSize(2);
        }
    }

    @Proves("core.retry.retry-after")
    @Test
    void call_retryAfterSecondsAndDate_isObeyed() throws IOException {
        try (Harness h = new Harness()) {
            h.then(answer(429, "slow down", "Retry-After", "7"));
            h.calls().call(create().build());
            assertThat(h.clock.sleeps()).containsExactly(Duration.ofSeconds(7));
            h.then(answer(503, "later", "Retry-After", "Sun, 01 Mar 2026 12:00:17 GMT"));
            h.calls().call(create().build());
            assertThat(h.clock.sleeps()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(10));
        }
    }

    @Proves("core.retry.retry-after")
    @Test
    void call_retryAfterBeyondDeadline_failsAtOnceWithTheHint() throws IOException {
        try (Harness h = new Harness()) {
            h.always(answer(429, "slow down", "Retry-After", "60"));
            RateLimitedException limited = catchThrowableOfType(
                    RateLimitedException.class,
                    () -> h.calls()
                            .with(CallOptions.NONE.timeout(Duration.ofSeconds(5)))
                            .call(read().build()));
            assertThat(limited.retryAfter()).contains(Duration.ofSeconds(60));
            assertThat(limited.attempts())
                    .containsExactly("429: the server asks to wait 60.0 s, longer than the 5.0 s left of the deadline");
            assertThat(h.clock.sleeps()).isEmpty();
            assertThat(h.requests).hasSize(1);
        }
    }

    @Proves("core.retry.jitter")
    @Test
    void call_sameSeed_pausesAlikeWithinTheBound() throws IOException {
        java.util.List<Duration> first = pausesOfOneCall();
        assertThat(first).isEqualTo(pausesOfOneCall()).hasSize(4);
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(100L << i));
        }
    }

    private static java.util.List<Duration> pausesOfOneCall() throws IOException {
        try (Harness h = new Harness(b -> b.retry(r -> r.withMaxAttempts(5)), e -> {})) {
            h.always(answer(500, "no"));
            assertThatThrownBy(() -> h.calls().call(read().build())).isInstanceOf(ServiceException.class);
            return h.clock.sleeps();
        }
    }

    @Proves("core.retry.budget")
    @Test
    void call_outageSeenByManyThreads_repeatsNoMoreThanTheBudget() throws Exception {
        try (Harness h = new Harness(b -> b.retry(r -> r.withMaxAttempts(10).withBudget(50)), e -> {})) {
            h.always(answer(429, "no"));
            ExecutorService threads = Executors.newFixedThreadPool(100);
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> {
                    try {
                        go.await();
                        h.calls().call(read().build());
                    } catch (InterruptedException | MlPlatformException e) {
                        // every call fails; how many requests they made is what counts
                    }
                });
            }
            go.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(h.requests).hasSize(110);
        }
    }

    @Proves("core.deadline")
    @Test
    void call_deadlinePassesWhileRetrying_endsWithinIt() throws IOException {
        try (Harness h = new Harness(
                b -> b.retry(new RetryPolicy(1000, Duration.ofSeconds(1), Duration.ofSeconds(1), 100_000)), e -> {})) {
            h.always(answer(429, "no"));
            Deadline deadline = Deadline.after(h.clock, Duration.ofSeconds(20));
            ServiceException failure =
                    catchThrowableOfType(ServiceException.class, () -> h.calls().call(read().build(), deadline));
            assertThat(failure.attempts().get(failure.attempts().size() - 1))
                    .contains("the deadline of 20.0 s leaves no time");

            assertThat(h.clock.instant()).isBeforeOrEqualTo(deadline.at());
        }
    }

    @Test
    void call_deadlineAlreadyPassed_sendsNothing() throws IOException {
        try (Harness h = new Harness()) {
            Deadline deadline = Deadline.after(h.clock, Duration.ofSeconds(1));
            h.clock.advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> h.calls().call(read().build(), deadline))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("the deadline of 1.0 s had passed before attempt 1");
            assertThat(h.requests).isEmpty();
        }
    }

    @Proves("core.circuit-breaker")
    @Test
    void call_serviceIll_opensHalfOpensAndCloses() throws IOException {
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> {})) {
            h.always(answer(503, "down"));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> h.calls().call(read().build())).isInstanceOf(UnavailableException.class);
            }
            assertThatThrownBy(() -> h.calls().call(read().build()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("circuit breaker of mlflow at 127.0.0.1")
                    .hasMessageContaining("is open until 2026-03-01T12:00:30Z");
            assertThat(h.requests).hasSize(10);
            h.always(answer(200, "{}"));
            h.clock.advance(Duration.ofSeconds(31));
            for (int i = 0; i < 3; i++) {
                h.calls().call(read().build());
            }
            assertThat(h.circuits).containsExactly("CLOSED>OPEN", "OPEN>HALF_OPEN", "HALF_OPEN>CLOSED");
        }
    }

    @Test
    void call_clientErrors_neverOpenTheBreaker() throws IOException {
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> {})) {
            h.always(answer(404, "no"));
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> h.calls().call(read().build())).isInstanceOf(NotFoundException.class);
            }
            assertThat(h.circuits).isEmpty();
        }
    }

    @Proves("core.retry.explained")
    @Test
    void call_failsForGood_listsEachAttemptAndWhy() throws IOException {
        try (Harness h = new Harness(b -> b.retry(r -> r.withMaxAttempts(2)), e -> {})) {
            h.then(answer(503, "busy", "Retry-After", "2"), answer(400, "bad thing"));
            InvalidRequestException failure = catchThrowableOfType(
                    InvalidRequestException.class, () -> h.calls().call(read().build()));
            assertThat(failure.attempts())
                    .containsExactly("503: repeated after 2.0 s", "400: not repeated, it would not help");
            assertThat(failure).hasMessageContaining("attempt 2 of 2").hasMessageContaining("bad thing");
            assertThat(h.attempts)
                    .extracting(a -> a.number() + ":" + a.status())
                    .containsExactly("1:503", "2:400");
            assertThat(h.attempts.get(0).nextIn()).contains(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401,dev.fairlead.error.UnauthenticatedException", "403,dev.fairlead.error.PermissionException",
        "404,dev.fairlead.error.NotFoundException", "409,dev.fairlead.error.ConflictException",
        "429,dev.fairlead.error.RateLimitedException", "422,dev.fairlead.error.InvalidRequestException",
        "501,dev.fairlead.error.UnsupportedByServerException", "503,dev.fairlead.error.UnavailableException",
    })
    void call_status_meansAnException(int status, Class<? extends Throwable> type) throws IOException {
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> {})) {
            h.always(answer(status, "the reason"));
            assertThatThrownBy(() -> h.calls().call(read().build()))
                    .isExactlyInstanceOf(type)
                    .hasMessageContaining("mlflow things/get: " + status + " the reason (GET http://127.0.0.1:");
        }
    }

    @Proves("core.auth.refresh-once")
    @Test
    void call_401_refreshesOnceAndThatIsNoAttempt() throws IOException {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        CredentialsProvider rotating = new CredentialsProvider() {
            @Override
            public Optional<Credential> resolve(URI target) {
                return Optional.of(Credential.bearer("token-" + made.incrementAndGet()));
            }

            @Override
            public void refused(Credential credential) {
                refused.incrementAndGet();
            }
        };
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> e.credentials(rotating))) {
            h.then(answer(401, "expired"));
            assertThat(h.calls().call(create().build())).contains("ok");
            assertThat(h.requests)
                    .extracting(r -> r.headers().get("Authorization").get(0))
                    .containsExactly("Bearer token-1", "Bearer token-2");
            assertThat(refused).hasValue(1);
            h.always(answer(401, "expired"));
            assertThatThrownBy(() -> h.calls().call(create().build()))
                    .isInstanceOf(UnauthenticatedException.class)
                    .hasMessageContaining("expired");
            assertThat(h.requests).hasSize(4);
        }
    }

    @Proves("core.auth.never-anonymous")
    @Test
    void call_credentialSourceFails_sendsNothing() throws IOException {
        CredentialsProvider broken = target -> {
            throw new ConfigurationException("the vault is sealed; unseal it");
        };
        try (Harness h = new Harness(b -> b, e -> e.credentials(broken))) {
            assertThatThrownBy(() -> h.calls().call(read().build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("the vault is sealed; unseal it");
            assertThat(h.requests).isEmpty();
        }
    }

    @Proves("core.auth.bound-to-host")
    @Test
    void http_otherAddress_getsNoCredentials() throws IOException {
        try (Harness h = new Harness(b -> b, e -> e.bearer("s3cret"));
                Harness other = new Harness()) {
            PlatformSpi.of(h.platform)
                    .http(new ServiceSpec("mlflow", ServiceErrors.byStatus()), other.uri())
                    .call(read().build());
            assertThat(other.requests.get(0).headers()).doesNotContainKey("Authorization");
        }
    }

    @Proves("core.auth.login-page")
    @Test
    void call_redirectToLogin_isUnauthenticatedAndNotFollowed() throws IOException {
        try (Harness h = new Harness(b -> b, e -> e.bearer("s3cret"));
                Harness login = new Harness()) {
            h.always(answer(302, "", "Location", login.uri() + "/login?state=abc"));
            assertThatThrownBy(() -> h.calls().call(read().build()))
                    .isInstanceOf(UnauthenticatedException.class)
                    .hasMessageContaining("redirected to " + login.uri() + "/login")
                    .hasMessageContaining("--skip-jwt-bearer-tokens")
                    .hasMessageNotContaining("state=abc");
            assertThat(login.requests).isEmpty();
        }
    }

    @Proves("core.auth.login-page")
    @Test
    void call_webPageInPlaceOfJson_saysSo() throws IOException {
        try (Harness h = new Harness()) {
            h.always(answer(200, "<html>Log in</html>", "Content-Type", "text/html"));
            assertThatThrownBy(() -> h.calls()
                            .call(CallSpec.get("things/get", "/x", Decoder.json(JsonCodec.snakeCase(), Map.class))
                                    .build()))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("a web page where JSON was expected")
                    .hasMessageContaining("oauth2-proxy");
        }
    }

    @Test
    void call_htmlError_showsItsText() throws IOException {
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> {})) {
            h.always(answer(403, "<html><style>x{}</style><body><h1>Invalid Host</h1></body></html>"));
            assertThatThrownBy(() -> h.calls().call(read().build()))
                    .isInstanceOf(PermissionException.class)
                    .hasMessageContaining("403 Invalid Host (GET");
        }
    }

    @Proves("core.redaction")
    @Test
    void call_fails_showsNoSecretAnywhere() throws IOException {
        try (Harness h = new Harness(b -> b.retry(RetryPolicy.NONE), e -> e.basic("ann", "hunter2"))) {
            h.always(answer(500, "no"));
            ServiceException failure =
                    catchThrowableOfType(ServiceException.class, () -> h.calls().call(read().build()));
            assertThat(failure.toString()
                            + failure.details()
                            + h.attempts
                            + h.calls()
                            + h.platform.describe()
                            + h.platform)
                    .doesNotContain("hunter2")
                    .contains("user and password given in the program");
            assertThat(Credential.basic("ann", "hunter2").toString()
                            + Credential.bearer("hunter2")
                            + Credential.header("X-Key", "hunter2"))
                    .doesNotContain("hunter2");
        }
    }

    @Proves("core.closed")
    @Test
    void call_platformClosed_saysSo() throws IOException {
        try (Harness h = new Harness()) {
            var calls = h.calls();
            h.platform.close();
            h.platform.close();
            assertThatThrownBy(() -> calls.call(read().build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("this MlPlatform is closed");
        }
    }

    @Test
    void call_interruptedWhilePausing_endsAndKeepsTheFlag() throws IOException {
        try (Harness h = new Harness()) {
            h.always(exchange -> {
                answer(503, "busy", "Retry-After", "5").give(exchange);
            });
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> h.calls().call(read().build())).isInstanceOf(MlPlatformException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void open_stream_isHandedOverUnread() throws IOException {
        try (Harness h = new Harness()) {
            try (var reply = h.calls().open(read().build(), h.calls().deadline())) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body().readAllBytes()).isNotEmpty();
            }
        }
    }

    @Test
    void with_options_changesTheViewOnly() throws IOException {
        try (Harness h = new Harness()) {
            h.calls().with(CallOptions.NONE.header("X-View", "1")).call(read().build());
            h.calls().call(read().build());
            assertThat(h.requests.get(0).headers()).containsKey("X-view");
            assertThat(h.requests.get(1).headers()).doesNotContainKey("X-view");
        }
    }

    @Test
    void http_noAddress_namesWhereToSetIt() throws IOException {
        MlPlatform platform = MlPlatform.builder().withoutKubernetes().build();
        assertThatThrownBy(() -> PlatformSpi.of(platform).http(new ServiceSpec("airflow", ServiceErrors.byStatus())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no address of airflow is known")
                .hasMessageContaining("FAIRLEAD_AIRFLOW_URI")
                .hasMessageContaining("-Dfairlead.airflow.uri");
    }

    @Test
    void call_bodies_areSentAsTheyAre() throws IOException {
        try (Harness h = new Harness()) {
            java.nio.file.Path file = java.nio.file.Files.createTempFile("body", ".txt");
            java.nio.file.Files.writeString(file, "0123456789");
            h.calls()
                    .call(CallSpec.of("put", "PUT", "/f", Body.file(file, 2, 5, "text/plain"), Decoder.text())
                            .build());
            h.calls()
                    .call(CallSpec.of(
                                    "put",
                                    "PUT",
                                    "/s",
                                    Body.stream(() -> java.nio.file.Files.newInputStream(file), -1, "text/plain"),
                                    Decoder.text())
                            .build());
            assertThat(h.requests).extracting(Harness.Request::body).containsExactly("23456", "0123456789");
            java.nio.file.Files.delete(file);
        }
    }
}
