package peer;

import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Solves an instance file for some seconds; writes scores as they come, and choices at some times. */
public final class Main {

    private Main() {
    }

    /**
     * Arguments: instance, folder for what is written, seconds, seed, then the seconds (from the
     * start of this process) at which the choices are written; they are at the end in any case.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        long begun = ProcessHandle.current().info().startInstant()
            .map(i -> System.currentTimeMillis() - java.time.Duration.between(i, java.time.Instant.now()).toMillis())
            .orElse(System.currentTimeMillis());
        Path folder = Path.of(args[1]);
        Timetable problem;
        try (BufferedReader reader = Files.newBufferedReader(Path.of(args[0]))) {
            problem = new Reader(reader).read();
        }
        long end = begun + (long) (1000 * Double.parseDouble(args[2]));
        AtomicReference<Timetable> best = new AtomicReference<>();
        try (PrintWriter scores = new PrintWriter(Files.newBufferedWriter(folder.resolve("scores.txt")))) {
            Solver<Timetable> solver = solver(end - System.currentTimeMillis(), Long.parseLong(args[3]));
            solver.addEventListener(event -> {
                best.set(event.getNewBestSolution());
                scores.println(seconds(begun) + " " + told(event.getNewBestSolution()));
                scores.flush();
            });
            Thread solving = new Thread(() -> best.set(solver.solve(problem)));
            solving.start();
            for (String at : marks(args)) {
                long left = begun + (long) (1000 * Double.parseDouble(at)) - System.currentTimeMillis();
                if (left > 0) {
                    solving.join(left);
                }
                write(folder.resolve("choices-" + at + ".txt"), best.get());
            }
            solving.join();
        }
        write(folder.resolve("choices-end.txt"), best.get());
    }

    private static Solver<Timetable> solver(long left, long seed) {
        SolverConfig config = new SolverConfig()
            .withSolutionClass(Timetable.class)
            .withEntityClasses(Lead.class, Enrolment.class, Holding.class)
            .withConstraintProviderClass(Rules.class)
            .withRandomSeed(seed)
            .withTerminationSpentLimit(Duration.ofMillis(Math.max(100, left)));
        return SolverFactory.<Timetable>create(config).buildSolver();
    }

    private static List<String> marks(String[] args) {
        return new ArrayList<>(List.of(args).subList(4, args.length));
    }

    private static double seconds(long begun) {
        return (System.currentTimeMillis() - begun) / 1000.0;
    }

    private static String told(Timetable found) {
        StringBuilder text = new StringBuilder().append(found.score.hardScore(0));
        for (int level = 0; level < 3; level++) {
            text.append(' ').append(found.score.softScore(level));
        }
        return text.toString();
    }

    /** One number a line: way and room of each holding, section of each unit, expert of each lead. */
    private static void write(Path file, Timetable found) throws IOException {
        if (found == null) {
            return;
        }
        Path making = file.resolveSibling(file.getFileName() + ".part");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(making))) {
            for (Holding h : found.holdings) {
                out.println((h.getWay() == null ? -1 : h.getWay().number()) + " " + h.getRoom());
            }
            for (Enrolment e : found.enrolments) {
                out.println(e.getSection() == null ? -1 : e.getSection().number());
            }
            for (Lead l : found.leads) {
                out.println(l.getExpert() == null ? -1 : l.getExpert().number());
            }
        }
        Files.move(making, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
